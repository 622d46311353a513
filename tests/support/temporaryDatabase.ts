import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#generated/prisma/client.js';
import { sessionOptions } from '#lib/data/connection.js';
import { testDatabase } from './databases.js';

/** A database with all migrations and bare clients on it; all of it goes at the end of the scope. */
export async function temporaryDatabase() {
	const database = await testDatabase();
	const clients: PrismaClient[] = [];
	/** Another process: a client with a pool of its own. */
	const connect = () => {
		const client = new PrismaClient({ adapter: new PrismaPg({ ...database.connection, ...sessionOptions, max: 4 }) });
		clients.push(client);
		return client;
	};
	return {
		name: database.name,
		fields: database.connection,
		prisma: connect(),
		connect,
		async [Symbol.asyncDispose]() {
			await Promise.all(clients.map((client) => client.$disconnect()));
			await database[Symbol.asyncDispose]();
		}
	};
}
