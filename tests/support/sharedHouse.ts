import { beforeEach, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { UserDriver } from '../../emulator/driver/index.js';
import { type House, openHouse } from './house.js';

/** A house for stories that have servers and people of their own, and a client for its database. */
export interface SharedHouse {
	readonly house: House;
	readonly db: PrismaClient;
	/** Who runs the bot. */
	readonly runners: { readonly owner: UserDriver; readonly staff: UserDriver };
}

/** Where its bot sends people. */
export const pages = { support: 'https://support.example/evict', commands: 'https://commands.example/evict' };

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

/**
 * Lets the stories of a file into the house of the worker. What needs a bot or a Discord of its own opens a house itself.
 * `revive: false`: nobody starts the bot between two stories, since they are told side by side.
 */
export function sharedHouse({ revive = true }: { readonly revive?: boolean } = {}): SharedHouse {
	let entered: SharedHouse | null = null;
	inWorker.beforeAll(async ({ workersHouse }) => {
		entered = await workersHouse.enter();
	});
	// A story that failed while the bot was down does not take the others with it.
	beforeEach(async () => {
		const { house } = there();
		if (revive && house.bot?.running !== true) await house.start();
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
		},
		get runners() {
			return there().runners;
		}
	};
}

async function furnished(): Promise<SharedHouse> {
	const runners: UserDriver[] = [];
	const house = await openHouse({
		world: { patience: 20_000 },
		async env(discord) {
			runners.push(await discord.user('owner-of-the-bot'), await discord.user('staff-of-the-bot'));
			const [owner, staff] = runners.map(({ id }) => id);
			return { OWNER_IDS: owner, STAFF_IDS: staff, SUPPORT_SERVER: pages.support, COMMANDS_URL: pages.commands };
		}
	});
	const [owner, staff] = runners;
	if (owner === undefined || staff === undefined) throw new Error('Nobody runs the bot');
	// Stories look again and again, with pauses: sessions are kept meanwhile.
	const { prisma } = await house.database.open({ timeouts: { idleMs: 30_000 } });
	return { house, db: prisma, runners: { owner, staff } };
}
