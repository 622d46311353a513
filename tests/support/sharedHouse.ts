import { afterAll, beforeAll } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { type House, openHouse } from './house.js';

/** The house of all stories of a file, and a client for its database. */
export interface SharedHouse {
	readonly house: House;
	readonly db: PrismaClient;
}

/** Opens a house before the stories of a file, and closes it after them: nothing may have been asked that Discord would not take. */
export function sharedHouse(options: Parameters<typeof openHouse>[0] = {}): SharedHouse {
	let opened: SharedHouse | null = null;
	beforeAll(async () => {
		const house = await openHouse(options);
		opened = { house, db: (await house.database.open()).prisma };
	});
	afterAll(async () => {
		await opened?.house.discord.expectNoFaults();
		await opened?.house[Symbol.asyncDispose]();
	});
	const there = (): SharedHouse => {
		if (opened === null) throw new Error('The house is not open yet');
		return opened;
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
