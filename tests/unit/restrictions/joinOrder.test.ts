import { glob } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { JoinStep, type StepAnswer } from '#lib/pipeline/step.js';
import { StepPipeline } from '#lib/pipeline/stepPipeline.js';
import { JoinStepStore } from '#lib/pipeline/stores.js';

const all: JoinStep[] = [];

beforeAll(async () => {
	const root = fileURLToPath(new URL('../../../src/join-steps/', import.meta.url));
	const store = new JoinStepStore();
	for await (const path of glob('**/*.ts', { cwd: root })) {
		const pieces: Record<string, unknown> = await import(`${root}${path}`);
		for (const Piece of Object.values(pieces)) {
			if (typeof Piece !== 'function') continue;
			const step: unknown = Reflect.construct(Piece, [{ store, root, path, name: basename(path, '.ts') }]);
			if (step instanceof JoinStep) all.push(step);
		}
	}
});

/** What happens when somebody joins and everything is switched on; `stops` keeps him out. */
async function join(stops: string | null): Promise<readonly string[]> {
	const ran: string[] = [];
	const steps = all.map(({ name, options }) => ({
		...{ name, options, isOn: () => true },
		run(): StepAnswer {
			ran.push(name);
			return name === stops ? 'stop' : 'pass';
		}
	}));
	await new StepPipeline<string, (typeof steps)[number]>(() => steps, { onError: () => undefined, onTime: () => undefined }).on('ana', 'g');
	return ran;
}

const turningAway = ['restrictionsHardban', 'restrictionsPrivate', 'restrictionsAutokick'];

test('whoever joins passes what may keep him out first, then the jail, his nickname, and only then what gives him anything', async () => {
	const ran = await join(null);
	expect(ran.slice(0, 5)).toEqual([...turningAway, 'moderationJailedJoin', 'restrictionsForcenick']);
	expect(ran.indexOf('rolesTemporaryJoin')).toBeGreaterThan(4);
	expect(ran).toHaveLength(all.length);
});

test.each(turningAway)('whom %s keeps out gets no role, no nickname and no greeting', async (name) => {
	const ran = await join(name);
	expect(ran.at(-1)).toBe(name);
	expect(ran.filter((one) => !turningAway.includes(one))).toEqual([]);
});
