import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Api, asObject } from '../../emulator/driver/api.js';
import type { Description } from '../../emulator/emulator.js';
import type { BenchOptions } from '../main.js';
import type { ListenerReport } from './listener.js';

const TYPESCRIPT = ['--import', 'tsx', '--conditions=source'];
/** With the server that is there from the start 2,500: as many as one shard may have. */
const BIG_WORLD = { guilds: 2_499, channels: 30, roles: 20, emojis: 20, members: 1_000 };
const SOAK_PER_SECOND = 500;

/** What the emulator reached here. */
interface Figures {
	/** Messages a second, through permissions and state to one client. */
	readonly messagesPerSecond: number;
	readonly world: typeof BIG_WORLD & { readonly ms: number; readonly rssMegabytes: number; readonly readyMs: number };
	readonly soak: { readonly minutes: number; readonly perSecond: number; readonly rssMegabytes: readonly number[] };
}

interface Place {
	readonly server: ChildProcess;
	readonly description: Description;
	readonly control: Api;
}

/** The emulator's own speed: talk, a big world, and memory under steady talk (`--minutes`, ten unless said otherwise). */
export async function run({ json }: BenchOptions): Promise<Figures> {
	const at = process.argv.indexOf('--minutes');
	const minutes = at === -1 ? 10 : Number(process.argv[at + 1]);
	const figures: Figures = {
		messagesPerSecond: await withEmulator(talkSpeed),
		world: await withEmulator(bigWorld),
		soak: await withEmulator((place) => soak(place, minutes))
	};
	process.stdout.write(json ? `${JSON.stringify(figures, null, '\t')}\n` : table(figures));
	return figures;
}

async function withEmulator<T>(measure: (place: Place) => Promise<T>): Promise<T> {
	const server = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), {
		execArgv: TYPESCRIPT,
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	try {
		const [description] = (await once(server, 'message')) as [Description];
		const control = new Api(`${description.api.replace(/\/api$/, '')}/_emulator`, null);
		return await measure({ server, description, control });
	} finally {
		server.kill();
	}
}

/** A client that only reads; settles when it was told every guild. */
async function listen(place: Place): Promise<{ child: ChildProcess; count: () => number; readyMs: number }> {
	const { gateway, botToken } = place.description;
	const child = fork(fileURLToPath(new URL('./listener.ts', import.meta.url)), [gateway, botToken], { execArgv: TYPESCRIPT });
	let messages = 0;
	const readyMs = await new Promise<number>((resolve, reject) => {
		child.on('error', reject);
		child.on('message', (report: ListenerReport) => {
			if ('ready' in report) resolve(report.ready);
			else messages = report.messages;
		});
	});
	return { child, count: () => messages, readyMs };
}

async function talkSpeed(place: Place): Promise<number> {
	await place.control.post('/bulk', { guilds: 50, channels: 5, roles: 5, emojis: 0, members: 50 });
	const { child, count } = await listen(place);
	const talk = async (messages: number) => {
		const before = count();
		const start = performance.now();
		await place.control.post('/talk', { count: messages });
		while (count() - before < messages) await delay(20);
		return (messages * 1000) / (performance.now() - start);
	};
	await talk(20_000);
	const rates = [await talk(60_000), await talk(60_000), await talk(60_000)].sort((a, b) => a - b);
	child.kill();
	return Math.round(rates[1] ?? 0);
}

async function bigWorld(place: Place): Promise<Figures['world']> {
	const { ms } = asObject(await place.control.post('/bulk', BIG_WORLD));
	const { child, readyMs } = await listen(place);
	const { memory } = asObject(await place.control.get('/talk'));
	child.kill();
	return { ...BIG_WORLD, ms: Number(ms), rssMegabytes: megabytes(memory), readyMs: Math.round(readyMs) };
}

async function soak(place: Place, minutes: number): Promise<Figures['soak']> {
	await place.control.post('/bulk', { guilds: 50, channels: 5, roles: 5, emojis: 0, members: 50, messages_per_channel: 500 });
	const { child } = await listen(place);
	await place.control.post('/talk', { count: Math.round(minutes * 60 * SOAK_PER_SECOND), per_second: SOAK_PER_SECOND });
	const rss: number[] = [];
	// The first look comes after a tenth: what is filled once (compilers, message history) is in by then.
	for (let tenth = 0; tenth < 10; tenth += 1) {
		await delay(minutes * 6_000);
		rss.push(megabytes(asObject(await place.control.get('/talk'))['memory']));
	}
	child.kill();
	return { minutes, perSecond: SOAK_PER_SECOND, rssMegabytes: rss };
}

function megabytes(bytes: unknown): number {
	return Math.round(Number(bytes) / 1e6);
}

function table({ messagesPerSecond, world, soak: { minutes, perSecond, rssMegabytes } }: Figures): string {
	return [
		`messages through full state      ${messagesPerSecond}/s`,
		`${world.guilds} servers with ${world.channels} channels, ${world.roles} roles, ${world.emojis} emojis, ${world.members} members each`,
		`  made in                        ${world.ms} ms, ${world.rssMegabytes} MB`,
		`  told to a client in            ${world.readyMs} ms after its start`,
		`${minutes} min at ${perSecond} messages/s, MB     ${rssMegabytes.join(' ')}`,
		''
	].join('\n');
}
