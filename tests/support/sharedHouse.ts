import { beforeEach, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { type House, openHouse } from './house.js';

/** A house for stories that have servers and people of their own, and a client for its database. */
export interface SharedHouse {
	readonly house: House;
	readonly db: PrismaClient;
}

/** The one house of a worker: a start of the bot takes longer than most stories, so that files do not each have one. */
class WorkersHouse {
	#open: SharedHouse | null = null;

	/** The house as the stories before left it; a new one if they left it broken. */
	public async enter(): Promise<SharedHouse> {
		if (this.#open?.house.bot?.running !== true) await this.close();
		this.#open ??= await furnished();
		return this.#open;
	}

	/** Nothing may have been asked that Discord would not take, and no error may have come that nobody expected. */
	public async leave(): Promise<void> {
		if (this.#open === null) return;
		const { house, db } = this.#open;
		try {
			await house.discord.expectNoFaults();
			const reports = await db.errorReport.findMany({ select: { trace: true } });
			if (reports.length > 0) throw new Error(`There were unexpected errors:\n${reports.map(({ trace }) => trace).join('\n')}`);
			await house.forgetStories();
		} catch (error) {
			await this.close();
			throw error;
		}
	}

	public async close(): Promise<void> {
		await this.#open?.house[Symbol.asyncDispose]();
		this.#open = null;
	}
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
const inWorker = test.extend('workersHouse', { scope: 'worker' }, async ({}, { onCleanup }) => {
	const house = new WorkersHouse();
	onCleanup(() => house.close());
	return house;
});

/** Lets the stories of a file into the house of the worker. What needs a bot or a Discord of its own opens a house itself. */
export function sharedHouse(): SharedHouse {
	let entered: SharedHouse | null = null;
	inWorker.beforeAll(async ({ workersHouse }) => {
		entered = await workersHouse.enter();
	});
	// A story that failed while the bot was down does not take the others with it.
	beforeEach(async () => {
		const { house } = there();
		if (house.bot?.running !== true) await house.start();
	});
	inWorker.afterAll(({ workersHouse }) => workersHouse.leave());
	const there = (): SharedHouse => {
		if (entered === null) throw new Error('The house is not open yet');
		return entered;
	};
	return {
		get house() {
			return there().house;
		},
		get db() {
			return there().db;
		}
	};
}

async function furnished(): Promise<SharedHouse> {
	const house = await openHouse();
	return { house, db: (await house.database.open()).prisma };
}
