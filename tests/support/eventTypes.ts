import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Packet } from './conformanceClient.js';

const require = createRequire(import.meta.url);
const types = require.resolve('discord-api-types/v10');
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

/**
 * What the events have on the wire: names and numbers instead of enums, sums of bits, nothing readonly in the way. The keys of an audit log's changes are not all known to the types. A stage without an event says null, as Discord's description has it and the types do not. What is more than the types say is let be, as Discord sends
 * much that it does not document.
 */
const head = (path: string) => `import type { GatewayDispatchPayload } from ${JSON.stringify(path)};
type Wire<T> = T extends string ? \`\${T}\` : T extends number | boolean | null | undefined ? T
	: T extends readonly (infer U)[] ? readonly Wire<U>[] : { readonly [K in keyof T]: K extends Bits ? number | null : K extends 'changes' ? unknown : Wire<T[K]> | (K extends Empty ? null : never) };
type Bits = 'flags' | 'public_flags' | 'system_channel_flags';
type Empty = 'guild_scheduled_event_id';
type Data<T extends string> = Wire<Extract<GatewayDispatchPayload, { t: T | \`\${T}\` }>['d']>;
`;

/** The types of events that a file of discord-api-types is asked about, one line for each event. */
function program(packets: readonly Packet[], path: string): string[] {
	const lines = new Set(
		packets.flatMap(({ t, d }) => {
			if (t === null) return [];
			return [`{ const d = ${JSON.stringify(d)} as const; const e: Data<${JSON.stringify(t)}> = d; void e; }`];
		})
	);
	return [...head(path).trimEnd().split('\n'), ...lines];
}

/**
 * Lets the compiler compare gateway events with the types of discord-api-types, which every client here is written against. Answers what does not fit, one line a fault.
 */
export function wronglyTyped(packets: readonly Packet[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'event-types-'));
	try {
		const lines = program(packets, types);
		const file = join(folder, 'events.ts');
		writeFileSync(file, lines.join('\n'));
		const options = [
			'--noEmit',
			'--strict',
			'--skipLibCheck',
			'--target',
			'ES2024',
			'--module',
			'NodeNext',
			'--types',
			'',
			'--pretty',
			'false'
		];
		const { stdout, status } = spawnSync(process.execPath, [compiler, ...options, file], { encoding: 'utf8', cwd: folder });
		if (status === 0) return [];
		const faults = stdout.split('\n').flatMap((text) => {
			const found = /events\.ts\((\d+),\d+\): error (.*)/.exec(text);
			if (found === null) return text.startsWith(' ') ? [text] : [];
			const type = /Data<"(\w+)">/.exec(lines[Number(found[1]) - 1] ?? '')?.[1];
			return [`${type ?? `line ${found[1]}`}: ${found[2]}`];
		});
		return faults.length > 0 ? faults : [stdout];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
