import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from '../main.js';
import type { Measured, MeterReport } from './meter.js';
import { type Result, showTable, summarise } from './result.js';
import type { ServerReport } from './server.js';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const TYPESCRIPT = ['--import', 'tsx', '--conditions=source'];

interface Contestant {
	readonly name: string;
	readonly process: ChildProcess;
}

/**
 * P1 and P3: a full pipeline at saturation, against the floor, bare discord.js and a naive Sapphire bot, in turn, in one run.
 * Every contestant is a process of its own; frames are written before the clock starts.
 */
export async function run({ json, rounds, events }: BenchOptions): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'evict-bench-'));
	// As root the embedded database runs as another user, who must get in.
	await chmod(folder, 0o711);
	const server = fork(here('./server.ts'), { execArgv: TYPESCRIPT, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const children = [server];
	try {
		const place = (await reportOf<ServerReport>(server, (report) => 'api' in report)) as Extract<ServerReport, { api: string }>;
		const environment = {
			...process.env,
			DISCORD_API_URL: place.api,
			DISCORD_CDN_URL: place.cdn,
			DISCORD_TOKEN: place.botToken,
			BENCH_GATEWAY: place.gateway
		};
		const contestants: Contestant[] = [];
		for (const name of ['floor', 'bare', 'naive', 'evict'] as const) {
			const child = name === 'evict' ? await startEvict(environment, folder) : startContestant(name, environment);
			children.push(child);
			await reportOf<MeterReport>(child, (report) => 'ready' in report);
			server.send({ adopt: name });
			await reportOf<ServerReport>(server, (report) => 'adopted' in report);
			contestants.push({ name, process: child });
		}
		const measured = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
		// The first round warms the compilers up and does not count.
		for (let round = 0; round <= rounds; round += 1) {
			for (const { name, process: child } of contestants) {
				const result = await measure(server, name, child, events);
				if (round > 0) measured.get(name)?.push(result);
			}
		}
		const result = summarise(measured, { rounds, events });
		process.stdout.write(json ? `${JSON.stringify(result, null, '\t')}\n` : showTable(result));
		return result;
	} finally {
		await Promise.all(children.map(stop));
		await rm(folder, { recursive: true, force: true });
	}
}

async function measure(server: ChildProcess, name: string, child: ChildProcess, count: number): Promise<Measured> {
	child.send({ expect: count });
	await reportOf<MeterReport>(child, (report) => 'expecting' in report);
	const done = reportOf<MeterReport>(child, (report) => 'measured' in report);
	server.send({ send: name, count });
	const report = await done;
	if (!('measured' in report)) throw new Error(`${name} measured nothing`);
	return report.measured;
}

function startContestant(name: string, env: NodeJS.ProcessEnv): ChildProcess {
	return fork(here(`./contestants/${name}.ts`), { env, execArgv: TYPESCRIPT, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** The built bot with its embedded database, unchanged but for the probe that counts. */
async function startEvict(environment: NodeJS.ProcessEnv, folder: string): Promise<ChildProcess> {
	const env = {
		...environment,
		DATABASE_FOLDER: join(folder, 'postgres'),
		HTTP_PORT: String(await freePort()),
		HTTP_HOST: '127.0.0.1',
		LOG_LEVEL: 'error',
		LOG_FORMAT: 'json'
	};
	const probe = ['--import', 'tsx', '--import', here('./contestants/evictProbe.ts')];
	return fork(here('../../dist/main.js'), { env, execArgv: probe, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return address.port;
}

/** Rejects when the process ends before it has said what is waited for. */
function reportOf<T extends object>(child: ChildProcess, wanted: (report: T) => boolean): Promise<T> {
	return new Promise((resolve, reject) => {
		const onMessage = (report: unknown) => {
			if (!wanted(report as T)) return;
			child.off('exit', onExit);
			child.off('message', onMessage);
			resolve(report as T);
		};
		const onExit = (code: number | null) => reject(new Error(`A process of the benchmark ended early (${code})`));
		child.on('message', onMessage);
		child.once('exit', onExit);
	});
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const gone = once(child, 'exit');
	child.kill('SIGTERM');
	await gone;
}
