import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, container, LogLevel, SapphireClient } from '@sapphire/framework';
import { type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type WorldDriver } from '../../../emulator/driver/index.js';

let world: WorldDriver;
let client: SapphireClient;
let folder: string;

/** Answers by prefix and by slash. */
class Ping extends Command {
	public override registerApplicationCommands(registry: Command.Registry) {
		registry.registerChatInputCommand((builder) => builder.setName('ping').setDescription('Answers'));
	}

	public override messageRun(message: Parameters<NonNullable<Command['messageRun']>>[0]) {
		return message.reply('pong by prefix');
	}

	public override chatInputRun(interaction: Command.ChatInputCommandInteraction) {
		return interaction.reply('pong by slash');
	}
}

beforeAll(async () => {
	world = await openWorld();
	folder = await mkdtemp(join(tmpdir(), 'emulator-sapphire-'));
	await mkdir(join(folder, 'commands'));
	await writeFile(join(folder, 'package.json'), '{"type":"module"}');
	const { api, cdn } = world.description;
	const tasks: ClientOptions['tasks'] = { bull: { connection: {} } };
	client = new SapphireClient({
		intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
		rest: { api, cdn },
		baseUserDirectory: pathToFileURL(`${folder}/`),
		loadMessageCommandListeners: true,
		defaultPrefix: ';',
		logger: { level: LogLevel.None },
		tasks
	});
	await container.stores.loadPiece({ store: 'commands', name: 'ping', piece: Ping });
	const registered = new Promise((resolve) => client.once('applicationCommandRegistriesRegistered', resolve));
	const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
	await client.login(world.description.botToken);
	await Promise.all([ready, registered]);
});

afterAll(async () => {
	await client.destroy();
	await world.close();
	await rm(folder, { recursive: true });
});

test('a real SapphireClient logs in, registers its command, and answers by prefix and by slash', async () => {
	const { owner } = world.home;
	const channel = world.home.channel('general');
	const asked = await owner.send(channel, ';ping');
	expect(await owner.expectMessage(channel, 'pong by prefix')).toMatchObject({ replyTo: asked.id });
	expect(await owner.slash(channel, 'ping')).toMatchObject({ acked: true, content: 'pong by slash' });
	await world.expectNoFaults();
});

test('after the socket is dropped it resumes, and an answer to what was said meanwhile comes once', async () => {
	const { owner } = world.home;
	const channel = world.home.channel('general');
	await owner.connect();
	await world.faults.gateway('drop');
	await owner.send(channel, ';ping');
	await owner.expectMessage(channel, 'pong by prefix');
	const answers = (await owner.messages(channel)).filter((message) => message.content === 'pong by prefix');
	expect(answers).toHaveLength(2);
	expect(await world.control('GET', '/resumes')).toMatchObject([{ replayed: 1 }]);
	expect(await world.control('GET', '/identifies')).toHaveLength(1);
});
