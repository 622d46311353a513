import { testDatabase } from './databases.js';

/** A database with all migrations and one client on it; both go at the end of the scope. */
export async function temporaryDatabase() {
	const database = await testDatabase();
	const { prisma } = await database.open();
	return {
		name: database.name,
		fields: database.connection,
		prisma,
		[Symbol.asyncDispose]: () => database[Symbol.asyncDispose]()
	};
}
