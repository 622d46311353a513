import { describe, expect, test } from 'vitest';
import { Pipeline, type PipelineStep } from '#lib/pipeline/pipeline.js';
import type { Stage, StepAnswer } from '#lib/pipeline/step.js';

type Run = PipelineStep<string>['run'];

function make(...steps: { name: string; stage: Stage; order: number; run?: Run; on?: (guildId: string | null) => boolean }[]) {
	const ran: string[] = [];
	const errors: string[] = [];
	const timed: string[] = [];
	let asked = 0;
	const pieces: PipelineStep<string>[] = steps.map(({ name, stage, order, run, on }) => ({
		name,
		options: { stage, order },
		isOn: (guildId) => {
			asked += 1;
			return on?.(guildId) ?? true;
		},
		run: () => {
			ran.push(name);
			return run?.('event');
		}
	}));
	const pipeline = new Pipeline<string, PipelineStep<string>>(() => pieces, {
		onError: (step) => errors.push(step),
		onTime: (step) => timed.push(step)
	});
	return { pipeline, ran, errors, timed, asked: () => asked };
}

describe('guards and claims', () => {
	test('run in their order, and the first that stops ends the walk', async () => {
		const { pipeline, ran } = make(
			{ name: 'third', stage: 'guard', order: 30 },
			{ name: 'second', stage: 'guard', order: 20, run: () => 'stop' },
			{ name: 'first', stage: 'guard', order: 10, run: async (): Promise<StepAnswer> => 'pass' }
		);
		expect(await pipeline.walk(pipeline.planOf('g').guard, 'event')).toBe(true);
		expect(ran).toEqual(['first', 'second']);
	});

	test('a guard that fails stops nothing, and its failure is reported by its name', async () => {
		const { pipeline, ran, errors } = make(
			{
				name: 'broken',
				stage: 'guard',
				order: 1,
				run: () => {
					throw new Error('broken');
				}
			},
			{ name: 'rejecting', stage: 'guard', order: 2, run: () => Promise.reject(new Error('rejecting')) },
			{ name: 'sound', stage: 'guard', order: 3 }
		);
		expect(await pipeline.walk(pipeline.planOf('g').guard, 'event')).toBe(false);
		expect(ran).toEqual(['broken', 'rejecting', 'sound']);
		expect(errors).toEqual(['broken', 'rejecting']);
	});

	test('answer at once when no step waits', () => {
		const { pipeline } = make({ name: 'quick', stage: 'guard', order: 1 });
		expect(pipeline.walk(pipeline.planOf('g').guard, 'event')).toBe(false);
	});
});

describe('observers', () => {
	test('run side by side: one that hangs keeps nobody, one that fails harms nobody', async () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		const { pipeline, ran, errors, timed } = make(
			{ name: 'slow', stage: 'observe', order: 1, run: () => promise },
			{ name: 'broken', stage: 'observe', order: 2, run: () => Promise.reject(new Error('broken')) },
			{ name: 'quick', stage: 'observe', order: 3 }
		);
		const all = pipeline.observe(pipeline.planOf('g').observe, 'event');
		expect(ran).toEqual(['slow', 'broken', 'quick']);
		resolve();
		await all;
		expect(errors).toEqual(['broken']);
		expect(timed).toContain('slow');
	});
});

describe('the plan of a server', () => {
	test('leaves out what is off there, and is made once', () => {
		const { pipeline, asked } = make(
			{ name: 'on', stage: 'guard', order: 1 },
			{ name: 'off', stage: 'guard', order: 2, on: (guildId) => guildId !== 'g' }
		);
		expect(pipeline.planOf('g').guard.map((step) => step.name)).toEqual(['on']);
		expect(pipeline.planOf('g')).toBe(pipeline.planOf('g'));
		expect(asked()).toBe(2);
		expect(pipeline.planOf('other').guard.map((step) => step.name)).toEqual(['on', 'off']);
	});

	test('is made again after its settings changed', () => {
		let on = false;
		const { pipeline } = make({ name: 'switched', stage: 'observe', order: 1, on: () => on });
		expect(pipeline.planOf('g').observe).toEqual([]);
		on = true;
		expect(pipeline.planOf('g').observe).toEqual([]);
		pipeline.invalidate('g');
		expect(pipeline.planOf('g').observe).toHaveLength(1);
	});
});
