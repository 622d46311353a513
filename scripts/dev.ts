import './nodeVersion.mjs';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { onStopSignal } from '#lib/shutdown/stopSignals.js';
import { loadEnvironmentFile, readConfig } from '../src/config.js';
import { type Child, startChild } from './dev/child.js';
import { openDevDatabase } from './dev/database.js';
import { openDiscord } from './dev/discord.js';

// A Discord on this machine (or the real one, when there is a token), a database, and the bot, which alone starts again when a file changes.

const root = dirname(import.meta.dirname);
const say = (line: string) => process.stdout.write(`${line}\n`);
const closers: (() => Promise<unknown>)[] = [];
let bot: Child | null = null;
let closing = false;

async function close(code: number): Promise<void> {
	if (closing) return;
	closing = true;
	await bot?.stop();
	for (const closer of closers.reverse()) await closer();
	process.exit(code);
}

async function open(): Promise<void> {
	loadEnvironmentFile(join(root, '.env'));
	const config = readConfig(process.env, { token: 'optional' });
	const environment: Record<string, string> = {
		HTTP_PORT: process.env['HTTP_PORT'] ?? '0',
		LOG_FORMAT: process.env['LOG_FORMAT'] ?? 'pretty',
		MIGRATE_ON_START: 'true'
	};
	if (config.token === null) {
		const discord = await openDiscord(root);
		closers.push(() => discord.stop());
		Object.assign(environment, discord.environment);
		for (const line of discord.lines) say(line);
	} else {
		say('DISCORD_TOKEN is set: the bot logs in to the real Discord.');
	}
	if (config.databaseUrl === null) {
		const server = await openDevDatabase(config.databaseFolder);
		closers.push(() => server.stop());
	}
	run({ ...process.env, ...environment });
}

/** Starts the bot, and again after every change below src. */
function run(env: NodeJS.ProcessEnv): void {
	let restarting = false;
	let soon: NodeJS.Timeout | undefined;
	const start = () => {
		bot = startChild(['--import', 'tsx', '--conditions=source', join(root, 'src', 'main.ts')], { env, cwd: root, output: 'inherit' });
		void bot.exit.then((code) => {
			if (!closing && code !== null && code !== 0) say('The bot has ended; it starts again when a file changes.');
		});
	};
	const restart = async () => {
		say('A file has changed: the bot starts again.');
		await bot?.stop();
		restarting = false;
		if (!closing) start();
	};
	const watcher = watch(join(root, 'src'), { recursive: true }, (_, name) => {
		if (name === null || name.startsWith('generated') || !/\.(ts|json)$/.test(name)) return;
		clearTimeout(soon);
		soon = setTimeout(() => {
			// What changes while the old one is ending, the new one reads anyhow.
			if (restarting) return;
			restarting = true;
			void restart();
		}, 150);
	});
	closers.push(async () => watcher.close());
	start();
}

onStopSignal({ npmScript: 'dev', first: () => void close(0), again: () => process.exit(130) });
try {
	await open();
} catch (error) {
	if (!(error instanceof StartFailure) && !(error instanceof DatabaseFault)) throw error;
	process.stderr.write(`${error.message}\n`);
	await close(1);
}
