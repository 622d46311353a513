import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '#generated/prisma/client.js';
import { sessionOptions } from '#lib/data/connection.js';
import { testDatabase } from './databases.js';

/** A migrated database of its own with bare Prisma clients on it; it is dropped at the end of the scope. */
export async function temporaryDatabase() {
	const there = await testDatabase();
	const clients: PrismaClient[] = [];
	const connect = (extra: pg.PoolConfig = {}) => {
		const prisma = new PrismaClient({ adapter: new PrismaPg({ ...there.connection, ...sessionOptions, max: 4, ...extra }) });
		clients.push(prisma);
		return prisma;
	};
	return {
		name: there.name,
		fields: there.connection,
		prisma: connect(),
		/** Another process: a client with a pool of its own. */
		connect,
		async [Symbol.asyncDispose]() {
			await Promise.all(clients.map((client) => client.$disconnect()));
			await there[Symbol.asyncDispose]();
		}
	};
}
