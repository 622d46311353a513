import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { attachWorld, type WorldDriver } from '../../../emulator/driver/index.js';
import type { Description } from '../../../emulator/emulator.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let child: ChildProcess | null = null;
let world: WorldDriver | null = null;

afterEach(async () => {
	await world?.close();
	child?.kill('SIGKILL');
});

/** Starts the emulator as a person does; answers everything it printed until its first line was whole. */
async function start(
	environment: Record<string, string> = {},
	[command, ...args]: readonly [string, ...string[]] = [process.execPath, '--import', 'tsx', '--conditions=source', 'scripts/discord.ts']
): Promise<{ process: ChildProcess; printed: () => string; line: Description }> {
	const server = spawn(command, args, {
		cwd: root,
		env: { ...process.env, ...environment },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	child = server;
	let printed = '';
	await new Promise<void>((resolve, reject) => {
		server.once('exit', (code) => reject(new Error(`The emulator ended with ${code}`)));
		server.stdout.on('data', (chunk: Buffer) => {
			printed += String(chunk);
			if (printed.includes('\n')) resolve();
		});
	});
	return { process: server, printed: () => printed, line: JSON.parse(printed) };
}

test('prints one line of JSON that says all, is driven over HTTP, keeps its port for itself, and ends with 0 on SIGTERM', async () => {
	const { process: server, printed, line } = await start();
	expect(Object.keys(line)).toEqual(['api', 'cdn', 'gateway', 'botToken', 'applicationId', 'guildId', 'channels', 'users']);
	expect(line.api).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
	expect(line.users.length).toBeGreaterThanOrEqual(5);
	world = attachWorld(line);
	const [owner, adam] = world.users;
	const channel = world.home.channel('general');
	const guild = (await owner?.api.object(`/guilds/${line.guildId}`)) ?? {};
	expect(guild['owner_id']).toBe(owner?.id);
	await adam?.send(channel, 'hello');
	expect((await owner?.messages(channel))?.map(({ content }) => content)).toEqual(['hello']);
	await adam?.connect();
	await owner?.send(channel, 'hello adam');
	await adam?.expectMessage(channel, 'hello adam');
	for (const user of world.users) user.disconnect();

	const { port } = new URL(line.api);
	const second = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', 'scripts/discord.ts', '--port', port], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	second.stderr.on('data', (chunk: Buffer) => {
		said += String(chunk);
	});
	const [code] = await once(second, 'close');
	expect(code).toBe(1);
	expect(said.trim()).toBe(`Port ${port} of 127.0.0.1 is taken. Choose another with DISCORD_PORT or --port.`);

	const ended = once(server, 'exit');
	server.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
	expect(printed().trim().split('\n')).toHaveLength(1);
});

test('its bot stands above the members and is an administrator, the others are plain; a signal to npm reaches it, and npm answers with its exit code', async () => {
	const { process: npm, line } = await start({}, ['npm', 'run', '-s', 'discord']);
	const api = `${line.api}/v10`;
	const read = async (path: string): Promise<unknown> =>
		(await fetch(api + path, { headers: { authorization: `Bot ${line.botToken}` } })).json();
	const roles = (await read(`/guilds/${line.guildId}/roles`)) as { id: string; position: number; permissions: string }[];
	const place = async (userId: string) => {
		const { roles: own } = (await read(`/guilds/${line.guildId}/members/${userId}`)) as { roles: string[] };
		const held = roles.filter(({ id }) => own.includes(id));
		return {
			position: Math.max(0, ...held.map(({ position }) => position)),
			administrator: held.some(({ permissions }) => (BigInt(permissions) & 8n) !== 0n)
		};
	};
	const bot = await place(line.applicationId);
	expect(bot.administrator).toBe(true);
	for (const user of line.users.slice(1)) {
		const member = await place(user.id);
		expect(member.administrator).toBe(false);
		expect(member.position).toBeLessThan(bot.position);
	}

	const ended = once(npm, 'exit');
	npm.kill('SIGTERM');
	expect(await ended).toEqual([0, null]);
	await expect(fetch(line.api)).rejects.toThrow();
});
