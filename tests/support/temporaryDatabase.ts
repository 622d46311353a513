import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '#generated/prisma/client.js';
import { connectionFields, sessionOptions } from '#lib/data/connection.js';

const server = process.env['TEST_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres';

/** A database with all migrations; it is dropped at the end of the scope. */
export async function temporaryDatabase() {
	const name = `evict_test_${randomBytes(6).toString('hex')}`;
	await onServer((client) => client.query(`CREATE DATABASE ${name}`));
	const fields = { ...connectionFields(server), database: name };
	for (const sql of await migrations()) await onServer((client) => client.query(sql), name);
	const clients: PrismaClient[] = [];
	const connect = (extra: pg.PoolConfig = {}) => {
		const prisma = new PrismaClient({ adapter: new PrismaPg({ ...fields, ...sessionOptions, max: 4, ...extra }) });
		clients.push(prisma);
		return prisma;
	};
	return {
		name,
		fields,
		prisma: connect(),
		/** Another process: a client with a pool of its own. */
		connect,
		async [Symbol.asyncDispose]() {
			await Promise.all(clients.map((client) => client.$disconnect()));
			await onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
		}
	};
}

async function migrations(): Promise<string[]> {
	const folder = new URL('../../prisma/migrations/', import.meta.url);
	const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
	const names = entries.map((entry) => entry.name).sort();
	return Promise.all(names.map((name) => readFile(new URL(`${name}/migration.sql`, folder), 'utf8')));
}

async function onServer(work: (client: pg.Client) => Promise<unknown>, database?: string): Promise<void> {
	const client = new pg.Client({ ...connectionFields(server), ...(database === undefined ? {} : { database }) });
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}
