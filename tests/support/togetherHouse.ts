import { expect, test } from 'vitest';
import type { House } from './house.js';
import { type SharedHouse, sharedHouse } from './sharedHouse.js';

type Meanwhile = () => Promise<unknown>;

/** What happens to everybody at once. In this order, where stories wait for different ones. */
const occasions = ['end', 'crash', 'minutes', 'outage', 'hour'] as const;
type Occasion = (typeof occasions)[number];

interface Waiting {
	readonly occasion: Occasion;
	readonly meanwhile: Meanwhile;
	go(): void;
	fail(error: unknown): void;
}

/**
 * A house for stories that are told side by side and wait for each other where the bot ends or time passes: one restart is enough for
 * all of them. A story has servers of its own, and moves no clock by itself.
 */
export interface TogetherHouse extends SharedHouse {
	/** Tells a story side by side with the others. */
	story(name: string, tell: () => Promise<void>): void;
	/** The bot is ended with SIGTERM, and starts again. `meanwhile` happens while it is away. */
	end(meanwhile?: Meanwhile): Promise<void>;
	/** The bot is killed, and starts again. */
	crash(meanwhile?: Meanwhile): Promise<void>;
	/** Ten minutes pass while the bot runs. */
	minutes(): Promise<void>;
	/** The bot is killed and away for two hours and a minute, which pass after `meanwhile`. */
	outage(meanwhile?: Meanwhile): Promise<void>;
	/** An hour passes while the bot runs. */
	hour(): Promise<void>;
}

/** For one file of tests. */
export function togetherHouse(): TogetherHouse {
	const shared = sharedHouse({ revive: false });
	const told = new ToldTogether({
		happen: (occasion, meanwhile) => happen(shared.house, occasion, meanwhile),
		begin: () => runs(shared.house)
	});
	const nothing = async () => undefined;
	return {
		get house() {
			return shared.house;
		},
		get db() {
			return shared.db;
		},
		get runners() {
			return shared.runners;
		},
		story: (name, tell) => test.concurrent(name, { timeout: 240_000 }, () => told.tell(tell)),
		end: (meanwhile = nothing) => told.wait('end', meanwhile),
		crash: (meanwhile = nothing) => told.wait('crash', meanwhile),
		minutes: () => told.wait('minutes', nothing),
		outage: (meanwhile = nothing) => told.wait('outage', meanwhile),
		hour: () => told.wait('hour', nothing)
	};
}

/** Stories that are under way. What one waits for comes when nobody has anything left to do before. */
class ToldTogether {
	#underWay = 0;
	#waiting: Waiting[] = [];
	#coming: Promise<void> = Promise.resolve();
	#beginning: Promise<void> | null = null;

	public constructor(
		private readonly world: {
			/** For all stories that are told at once. */
			begin(): Promise<void>;
			happen(occasion: Occasion, meanwhile: Meanwhile): Promise<void>;
		}
	) {}

	public async tell(story: () => Promise<void>): Promise<void> {
		this.#underWay += 1;
		try {
			await this.#coming;
			this.#beginning ??= this.world.begin().finally(() => {
				this.#beginning = null;
			});
			await this.#beginning;
			await story();
		} finally {
			this.#underWay -= 1;
			this.#goOn();
		}
	}

	public wait(occasion: Occasion, meanwhile: Meanwhile): Promise<void> {
		return new Promise((go, fail) => {
			this.#waiting.push({ occasion, meanwhile, go, fail });
			this.#goOn();
		});
	}

	#goOn(): void {
		if (this.#waiting.length < this.#underWay) return;
		const next = occasions.find((occasion) => this.#waiting.some((one) => one.occasion === occasion));
		if (next === undefined) return;
		const together = this.#waiting.filter(({ occasion }) => occasion === next);
		this.#waiting = this.#waiting.filter(({ occasion }) => occasion !== next);
		this.#coming = this.#come(next, together);
	}

	/** What goes wrong meanwhile is the fault of one story alone. */
	async #come(occasion: Occasion, together: readonly Waiting[]): Promise<void> {
		let outcomes: readonly PromiseSettledResult<unknown>[] = [];
		try {
			await this.world.happen(occasion, async () => {
				outcomes = await Promise.allSettled(together.map(({ meanwhile }) => meanwhile()));
			});
			for (const [index, one] of together.entries()) {
				const outcome = outcomes[index];
				if (outcome?.status === 'rejected') one.fail(outcome.reason);
				else one.go();
			}
		} catch (error) {
			for (const one of together) one.fail(error);
		}
	}
}

async function happen(house: House, occasion: Occasion, meanwhile: Meanwhile): Promise<void> {
	await runs(house);
	if (occasion === 'minutes') return house.passTime({ minutes: 10 });
	if (occasion === 'hour') return house.passTime({ hours: 1 });
	if (occasion === 'end') await endsWell(house);
	else await house.kill();
	await meanwhile();
	if (occasion === 'outage') await house.passTime({ hours: 2, minutes: 1 });
	await house.start();
}

/** After an occasion that went wrong it may be down. */
async function runs(house: House): Promise<void> {
	if (house.bot?.running !== true) await house.start();
}

async function endsWell(house: House): Promise<void> {
	const { bot } = house;
	const begun = performance.now();
	expect(await house.stop()).toBe(0);
	expect(performance.now() - begun).toBeLessThan(10_000);
	expect(bot?.output).not.toMatch(/did not close well/);
}
