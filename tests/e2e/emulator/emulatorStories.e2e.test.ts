import { type API as CoreApi, Client as CoreClient, GatewayDispatchEvents, InteractionType, MessageFlags } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { WebSocketManager } from '@discordjs/ws';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWorld, type WorldDriver } from '../../../emulator/driver/index.js';
import { RawGateway } from './rawGateway.js';

let world: WorldDriver;
let manager: WebSocketManager;
let core: CoreClient;
let gateway: RawGateway;

const ALL_BUT_PRESENCES = 0xff_ff & ~(1 << 8);

beforeAll(async () => {
	world = await openWorld();
	const rest = new REST({ api: world.description.api }).setToken(world.description.botToken);
	manager = new WebSocketManager({ token: world.description.botToken, intents: ALL_BUT_PRESENCES, rest });
	core = new CoreClient({ rest, gateway: manager });
	core.on(GatewayDispatchEvents.InteractionCreate, async ({ data, api }) => {
		if (data.type === InteractionType.ApplicationCommand) {
			const install = Object.keys(data.authorizing_integration_owners).join();
			await api.interactions.reply(data.id, data.token, { content: `context ${data.context}, installed by ${install}` });
		}
	});
	const ready = new Promise((resolve) => core.once(GatewayDispatchEvents.Ready, resolve));
	await manager.connect();
	await ready;
	gateway = new RawGateway(world.description.gateway);
	await gateway.op(10);
	gateway.identify(world.description.botToken, { intents: ALL_BUT_PRESENCES });
	await gateway.event('GUILD_CREATE');
});

afterAll(async () => {
	gateway.close();
	await manager.destroy();
	await world.close();
});

afterEach(() => world.expectNoFaults());

function api(): CoreApi {
	return core.api;
}

test('@discordjs/core runs against it unchanged: a command in a server, with the bot, and between two people who installed it', async () => {
	const guild = await world.guild({ members: ['adam', 'bella'] });
	const [adam, bella] = guild.members;
	if (adam === undefined || bella === undefined) throw new Error('no members');
	await api().applicationCommands.bulkOverwriteGlobalCommands(world.description.applicationId, [
		{ name: 'where', description: 'Where am I', integration_types: [0, 1], contexts: [0, 1, 2] },
		{ name: 'here', description: 'Servers only', integration_types: [0], contexts: [0] }
	]);
	expect(await adam.slash(guild.channel('general'), 'where')).toMatchObject({ content: 'context 0, installed by 0' });
	const withBot = await adam.dm({ id: world.description.applicationId });
	expect(await adam.slash(withBot, 'where')).toMatchObject({ content: 'context 1, installed by 0' });
	await expect(adam.slash(withBot, 'here')).rejects.toThrow('No slash command');
	const withBella = await adam.dm(bella);
	await expect(adam.slash(withBella, 'where')).rejects.toThrow('No slash command');
	await world.control('POST', '/account', { user_id: adam.id, installs_bot: true });
	expect(await adam.slash(withBella, 'where')).toMatchObject({ content: 'context 2, installed by 1' });
	await expect(bella.slash(withBella, 'where')).rejects.toThrow('No slash command');
});

test('components of the second kind are kept with their files, and refuse content beside them', async () => {
	const channel = world.home.channel('general');
	const components = [
		{
			type: 17,
			components: [
				{ type: 10, content: 'A **card**' },
				{ type: 9, components: [{ type: 10, content: 'with a button' }], accessory: { type: 2, style: 2, label: 'Go', custom_id: 'go' } },
				{ type: 14 },
				{ type: 12, items: [{ media: { url: 'attachment://dot.txt' } }] }
			]
		}
	];
	const message = await api().channels.createMessage(channel.id, {
		flags: MessageFlags.IsComponentsV2,
		components,
		files: [{ name: 'dot.txt', data: Buffer.from('.') }]
	});
	const [seen] = (await world.home.owner.messages(channel)).filter(({ id }) => id === message.id);
	expect(seen?.text).toBe('A **card**\nwith a button');
	expect(JSON.stringify(seen?.components)).toContain('/cdn/attachments/');
	const both = api().channels.createMessage(channel.id, { flags: MessageFlags.IsComponentsV2, components, content: 'no' });
	await expect(both).rejects.toMatchObject({ status: 400, code: 50035 });
});

test('people join, move and leave voice, and a full channel stays shut', async () => {
	const guild = await world.guild({
		members: ['adam', 'bella'],
		channels: [
			{ name: 'talk', type: 2 },
			{ name: 'small', type: 2 }
		]
	});
	const [adam, bella] = guild.members;
	await adam?.joinVoice(guild.channel('talk'));
	const joined = await gateway.event('VOICE_STATE_UPDATE', (data) => data['user_id'] === adam?.id);
	expect(joined.d).toMatchObject({ channel_id: guild.channel('talk').id, guild_id: guild.id, member: { user: { username: 'adam' } } });
	await guild.owner.api.patch(`/channels/${guild.channel('small').id}`, { user_limit: 1 });
	await adam?.joinVoice(guild.channel('small'));
	const impatient = bella?.expectEvent('VOICE_STATE_UPDATE', (data) => data['user_id'] === bella.id, 150);
	await bella?.connect();
	bella?.gateway.send(4, { guild_id: guild.id, channel_id: guild.channel('small').id, self_mute: false, self_deaf: false });
	await expect(impatient).rejects.toThrow('did not come');
	await adam?.leaveVoice(guild.id);
	await gateway.event('VOICE_STATE_UPDATE', (data) => data['user_id'] === adam?.id && data['channel_id'] === null);
});

test('a bot in voice is told where the voice server is', async () => {
	const guild = await world.guild({ channels: [{ name: 'talk', type: 2 }] });
	gateway.send(4, { guild_id: guild.id, channel_id: guild.channel('talk').id, self_mute: false, self_deaf: true });
	expect((await gateway.event('VOICE_SERVER_UPDATE')).d).toMatchObject({ guild_id: guild.id });
	const own = await gateway.event('VOICE_STATE_UPDATE', (data) => data['user_id'] === world.description.applicationId);
	expect(own.d).toMatchObject({ self_deaf: true, channel_id: guild.channel('talk').id });
});

test('an owner makes and changes roles and channels, and the bot is told each time', async () => {
	const guild = await world.guild({});
	const { owner } = guild;
	const channel = (await owner.api.post(`/guilds/${guild.id}/channels`, { name: 'fresh', type: 0 })) as { id: string };
	expect((await gateway.event('CHANNEL_CREATE')).d).toMatchObject({ id: channel.id, name: 'fresh', guild_id: guild.id });
	await owner.api.patch(`/channels/${channel.id}`, { topic: 'news' });
	expect((await gateway.event('CHANNEL_UPDATE', (data) => data['id'] === channel.id)).d).toMatchObject({ topic: 'news' });
	const role = (await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Helper' })) as { id: string };
	expect((await gateway.event('GUILD_ROLE_CREATE')).d).toMatchObject({ guild_id: guild.id, role: { name: 'Helper' } });
	await owner.api.put(`/guilds/${guild.id}/members/${guild.members[0]?.id}/roles/${role.id}`);
	const update = await gateway.event('GUILD_MEMBER_UPDATE', (data) => data['guild_id'] === guild.id);
	expect(update.d).toMatchObject({ roles: [role.id], user: { id: guild.members[0]?.id } });
	await owner.api.delete(`/channels/${channel.id}`);
	await gateway.event('CHANNEL_DELETE', (data) => data['id'] === channel.id);
	await owner.api.delete(`/guilds/${guild.id}/roles/${role.id}`);
	await gateway.event('GUILD_ROLE_DELETE');
});

test('a bot that is kicked is told GUILD_DELETE without an outage, and gets nothing more from there', async () => {
	const guild = await world.guild({});
	await gateway.event('GUILD_CREATE', (data) => data['id'] === guild.id);
	await guild.owner.api.delete(`/guilds/${guild.id}/members/${world.description.applicationId}`);
	const gone = await gateway.event('GUILD_DELETE', (data) => data['id'] === guild.id);
	expect(gone.d['unavailable']).toBeUndefined();
	await guild.owner.send(guild.channel('general'), 'are you there?');
	await world.home.owner.send(world.home.channel('general'), 'marker');
	await gateway.event('MESSAGE_CREATE', (data) => data['content'] === 'marker');
	expect(gateway.events('MESSAGE_CREATE').some((event) => event.d['content'] === 'are you there?')).toBe(false);
	await expect(api().guilds.get(guild.id)).rejects.toMatchObject({ code: 10004 });
});

test('a hidden channel is neither told nor readable, and a muted member cannot write', async () => {
	const guild = await world.guild({ members: ['adam'], botPermissions: '0' });
	const [adam] = guild.members;
	const hidden = guild.channel('general');
	await guild.owner.api.put(`/channels/${hidden.id}/permissions/${guild.id}`, { type: 0, allow: '0', deny: String(1n << 10n) });
	await expect(adam?.messages(hidden)).rejects.toMatchObject({ status: 403, code: 50001 });
	await guild.owner.send(hidden, 'nobody hears this');
	await world.home.owner.send(world.home.channel('general'), 'second marker');
	await gateway.event('MESSAGE_CREATE', (data) => data['content'] === 'second marker');
	expect(gateway.events('MESSAGE_CREATE').some((event) => event.d['content'] === 'nobody hears this')).toBe(false);
	await guild.owner.api.put(`/channels/${hidden.id}/permissions/${guild.id}`, { type: 0, allow: '0', deny: String(1n << 11n) });
	await expect(adam?.send(hidden, 'hello')).rejects.toMatchObject({ status: 403, code: 50013 });
});
