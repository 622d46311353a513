import { expect, test } from 'vitest';
import type { Stage, StepAnswer } from '#lib/pipeline/step.js';
import { StepPipeline } from '#lib/pipeline/stepPipeline.js';

function make(...steps: { name: string; stage: Stage; answer?: StepAnswer; on?: boolean }[]) {
	const ran: string[] = [];
	const pieces = steps.map(({ name, stage, answer = 'pass', on = true }, order) => ({
		name,
		options: { stage, order },
		isOn: () => on,
		run: (event: string): StepAnswer => {
			ran.push(`${name} ${event}`);
			return answer;
		}
	}));
	const reports = { onError: () => undefined, onTime: () => undefined };
	return { pipeline: new StepPipeline<string, (typeof pieces)[number]>(() => pieces, reports), ran };
}

test('a join passes restrictions first; one that is stopped gets no role and no greeting', async () => {
	const { pipeline, ran } = make({ name: 'hardban', stage: 'guard', answer: 'stop' }, { name: 'greeting', stage: 'observe' });
	expect(await pipeline.on('ana', 'g')).toBe(false);
	expect(ran).toEqual(['hardban ana']);
});

test('otherwise everything that is on runs, in its order', async () => {
	const { pipeline, ran } = make(
		{ name: 'hardban', stage: 'guard' },
		{ name: 'hub', stage: 'claim', answer: 'stop' },
		{ name: 'second hub', stage: 'claim' },
		{ name: 'off', stage: 'observe', on: false },
		{ name: 'log', stage: 'observe' }
	);
	expect(await pipeline.on('ana', 'g')).toBe(true);
	expect(ran).toEqual(['hardban ana', 'hub ana', 'log ana']);
});
