import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm';

/** The same number of folders up from `src/lib/data/migrations` and from `dist/lib/data/migrations`. */
const prismaFolder = fileURLToPath(new URL('../../../../prisma', import.meta.url));

const lockfileName = 'migration_lock.toml';

/** Tells Prisma's tools which kind of database the migrations are for. */
const lockfile = 'provider = "postgresql"\n';

export const migrationsFolder = join(prismaFolder, 'migrations');

/** `prisma/schema/*.prisma`, as the schema engine wants them. */
export async function readSchema(folder = join(prismaFolder, 'schema')): Promise<SchemasContainer> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
	const files = await Promise.all(
		names.map(async (name) => ({ path: join(folder, name), content: await readFile(join(folder, name), 'utf8') }))
	);
	return { files };
}

/** `prisma/migrations`, in the order in which they are applied. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationList> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
	const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
	const migrationDirectories = await Promise.all(
		names.sort().map(async (name) => ({
			path: name,
			migrationFile: {
				path: 'migration.sql',
				content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') }
			}
		}))
	);
	return {
		baseDir: folder,
		lockfile: { path: lockfileName, content: lockfile },
		shadowDbInitScript: '',
		migrationDirectories
	};
}

/** Writes a new migration and answers its name. */
export async function writeMigration(name: string, script: string, now: Date, folder = migrationsFolder): Promise<string> {
	const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
	const directory = `${stamp}_${name}`;
	await mkdir(join(folder, directory), { recursive: true });
	await writeFile(join(folder, lockfileName), lockfile);
	await writeFile(join(folder, directory, 'migration.sql'), script);
	return directory;
}
