import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StartFailure } from '#lib/errors/startFailure.js';
import type { Description } from '../../emulator/index.js';
import { startChild } from './child.js';
import { buildPage } from './page.js';

export interface DevDiscord {
	/** What the bot needs to come here. */
	readonly environment: Readonly<Record<string, string>>;
	/** What the person at the terminal wants to know; the first is the emulator's own line of JSON. */
	readonly lines: readonly string[];
	stop(): Promise<void>;
}

/** Starts the emulator in a process of its own, where it outlives the bot. */
export async function openDiscord(root: string): Promise<DevDiscord> {
	await buildPage(root);
	const script = ['--import', 'tsx', '--conditions=source', join(root, 'scripts', 'discord.ts')];
	const child = startChild(script, { env: { DISCORD_RATE_LIMITS: 'messages', ...process.env }, cwd: root, output: 'pipe' });
	const { stdout } = child.process;
	if (stdout === null) throw new Error('The emulator has no output');
	const first = createInterface({ input: stdout })[Symbol.asyncIterator]().next();
	const line = await Promise.race([first, child.exit.then(() => null)]);
	if (line === null || line.done === true) throw new StartFailure('The Discord on this machine did not start.');
	const description: Description = JSON.parse(line.value);
	return { environment: environmentOf(description), lines: [line.value, ...explain(description)], stop: () => child.stop() };
}

function environmentOf({ api, cdn, botToken }: Description): Record<string, string> {
	return { DISCORD_TOKEN: botToken, DISCORD_API_URL: api, DISCORD_CDN_URL: cdn, CLOCK_URL: `${originOf(api)}/_emulator/clock` };
}

function explain({ api, channels: [channel], users: [, user] }: Description): string[] {
	const lines = [
		`Discord on this machine: ${originOf(api)} (who is there: ${originOf(api)}/_emulator)`,
		`Open the playground: ${originOf(api)}/playground/`
	];
	if (channel === undefined || user === undefined) return lines;
	const messages = `${api}/v10/channels/${channel.id}/messages`;
	const header = `-H 'authorization: ${user.token}'`;
	return [
		...lines,
		`Or from the terminal, as ${user.name} in #${channel.name}:`,
		`  curl -s ${header} -H 'content-type: application/json' -d '{"content":";ping"}' ${messages}`,
		`  curl -s ${header} ${messages}`
	];
}

function originOf(api: string): string {
	return new URL(api).origin;
}
