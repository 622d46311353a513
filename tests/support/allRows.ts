import type { TestDatabase } from './databases.js';

/** What changes by itself, whatever anybody presses. */
const restless = ['last_seen'];

/** A fingerprint of each table, to compare before and after what must change nothing. */
export async function rowsOf(database: TestDatabase): Promise<Readonly<Record<string, string>>> {
	const { prisma } = await database.open();
	const tables = await prisma.$queryRaw<{ name: string }[]>`
		SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
	const prints: Record<string, string> = {};
	for (const { name } of tables) {
		if (restless.includes(name)) continue;
		const [row] = await prisma.$queryRaw<{ print: string }[]>`
			SELECT md5(coalesce(query_to_xml(format('SELECT * FROM %I ORDER BY 1::text', ${name}::text), true, false, '')::text, '')) AS print`;
		prints[name] = row?.print ?? '';
	}
	return prints;
}
