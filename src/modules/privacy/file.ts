import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PersonalData } from './domain.js';

/**
 * In bytes. Above the first it is packed, which takes JSON to about a tenth.
 * The second by Discord: 10 MiB a message without boosts; some of it is the message itself.
 */
const sizes = { plainAtMost: 4_000_000, fileAtMost: 10_000_000 };

export interface DataFile {
	readonly name: string;
	readonly bytes: Buffer;
}

/** The export as a file, packed when it is big; null when not even that fits into a message. */
export async function dataFile(
	data: PersonalData,
	userId: string,
	at: number,
	{ plainAtMost, fileAtMost } = sizes
): Promise<DataFile | null> {
	const about = { user: userId, exportedAt: new Date(at).toISOString(), modules: data };
	const bytes = Buffer.from(JSON.stringify(about, undefined, '\t'), 'utf8');
	const name = `evict-data-${userId}.json`;
	if (bytes.length <= plainAtMost) return { name, bytes };
	const packed = await promisify(gzip)(bytes);
	return packed.length <= fileAtMost ? { name: `${name}.gz`, bytes: packed } : null;
}

export function countRows(data: PersonalData): number {
	const tables = Object.values(data).flatMap((module) => Object.values(module));
	return tables.reduce((sum, { rows }) => sum + rows.length, 0);
}
