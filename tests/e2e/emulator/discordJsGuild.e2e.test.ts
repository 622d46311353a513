import {
	AutoModerationActionType,
	AutoModerationRuleEventType,
	AutoModerationRuleTriggerType,
	ChannelType,
	Client,
	type ClientOptions,
	Events,
	GatewayIntentBits,
	type Guild,
	GuildScheduledEventEntityType,
	GuildScheduledEventPrivacyLevel,
	PermissionFlagsBits,
	type TextChannel
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../emulator/index.js';

/** What a bot does to a server, done by an unchanged discord.js: its bodies and queries must pass the checker, and its caches be right. */
let emulator: Emulator;
let client: Client<true>;
let guild: Guild;
let channel: TextChannel;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

beforeAll(async () => {
	emulator = await startEmulator();
	const {
		Guilds,
		GuildMembers,
		GuildMessages,
		GuildModeration,
		AutoModerationConfiguration,
		GuildScheduledEvents,
		GuildInvites,
		GuildExpressions
	} = GatewayIntentBits;
	const intents = [
		Guilds,
		GuildMembers,
		GuildMessages,
		GuildModeration,
		AutoModerationConfiguration,
		GuildScheduledEvents,
		GuildInvites,
		GuildExpressions
	];
	// The scheduled-tasks plugin makes its own option required for every client; a bare one does not read it.
	const tasks: ClientOptions['tasks'] = { bull: { connection: {} } };
	const opened = new Client({ intents, tasks, rest: { api: emulator.api, cdn: emulator.cdn } });
	const ready = new Promise<Client<true>>((resolve) => opened.once(Events.ClientReady, resolve));
	await opened.login(emulator.botToken);
	client = await ready;
	guild = await client.guilds.fetch(emulator.guild.id);
	const found = await guild.channels.fetch(String(emulator.channels[0]?.id));
	if (found?.type !== ChannelType.GuildText) throw new Error('The first channel is no text channel');
	channel = found;
});

afterAll(async () => {
	await client.destroy();
	const { violations, unimplemented } = emulator.ledger;
	await emulator.close();
	expect([...violations, ...unimplemented]).toEqual([]);
});

const userId = (index: number) => String(emulator.users[index]?.user.id);

test('members: nick, roles, time-out, kick, ban, bulk ban, search and prune', async () => {
	const role = await guild.roles.create({
		name: 'tea',
		colors: { primaryColor: 'Red' },
		permissions: [PermissionFlagsBits.KickMembers],
		reason: 'because'
	});
	const member = await guild.members.fetch(userId(1));
	await member.setNickname('Nick');
	await member.roles.add(role);
	await member.roles.set([]);
	await member.timeout(60_000, 'loud');
	expect((await guild.members.fetch({ user: member.id, force: true })).isCommunicationDisabled()).toBe(true);
	await member.timeout(null);
	await role.setPosition(1);
	await role.edit({ hoist: true, permissions: [PermissionFlagsBits.BanMembers] });
	await role.delete('done');
	expect((await guild.members.fetch()).size).toBe(emulator.guild.members.size);
	expect((await guild.members.search({ query: 'a', limit: 5 })).size).toBeGreaterThan(0);
	await guild.members.kick(userId(2), 'kicked');
	await guild.members.ban(userId(3), { deleteMessageSeconds: 60, reason: 'banned' });
	expect((await guild.bans.fetch(userId(3))).reason).toBe('banned');
	expect((await guild.bans.fetch()).size).toBe(1);
	await guild.members.unban(userId(3));
	expect((await guild.members.bulkBan([userId(4)], { reason: 'raid' })).bannedUsers).toEqual([userId(4)]);
	expect(await guild.members.prune({ dry: true, days: 7 })).toBe(0);
	const log = await guild.fetchAuditLogs({ limit: 3 });
	expect(log.entries.first()).toMatchObject({ reason: 'raid', targetId: userId(4) });
});

test('channels: made with overwrites, changed, moved, cloned, locked, deleted', async () => {
	const category = await guild.channels.create({ name: 'Rooms', type: ChannelType.GuildCategory });
	const made = await guild.channels.create({
		name: 'My Room',
		parent: category,
		topic: 'hello',
		permissionOverwrites: [
			{ id: guild.id, deny: [PermissionFlagsBits.ViewChannel] },
			{ id: userId(1), allow: [PermissionFlagsBits.ViewChannel] }
		]
	});
	expect(made.name).toBe('my-room');
	await made.permissionOverwrites.edit(userId(1), { SendMessages: false });
	await made.permissionOverwrites.delete(userId(1));
	await made.edit({ rateLimitPerUser: 5, nsfw: true });
	await made.setPosition(1);
	await made.lockPermissions();
	const copy = await made.clone({ name: 'copy' });
	await copy.delete();
	const voice = await guild.channels.create({ name: 'Talk', type: ChannelType.GuildVoice, userLimit: 5, bitrate: 64_000 });
	await voice.setUserLimit(10);
	await made.delete('done');
});

test('messages, pins, threads, polls and webhooks', async () => {
	const said = await channel.send({ content: 'hello', files: [{ attachment: png, name: 'a.png' }] });
	const address = said.attachments.first()?.url ?? '';
	expect((await fetch(address)).status).toBe(200);
	expect((await fetch(address.split('?')[0] ?? '')).status).toBe(404);
	await said.pin();
	expect((await channel.messages.fetchPins()).items).toHaveLength(1);
	await said.unpin();
	const thread = await said.startThread({ name: 'talk', autoArchiveDuration: 60 });
	await thread.members.add(userId(1));
	await thread.send('in here');
	await thread.setName('other');
	await thread.setArchived(true);
	expect((await channel.threads.fetchArchived()).threads.size).toBe(1);
	const poll = await channel.send({
		poll: { question: { text: 'Tea?' }, answers: [{ text: 'Yes', emoji: '👍' }], duration: 1, allowMultiselect: false }
	});
	await poll.poll?.end();
	const webhook = await channel.createWebhook({ name: 'News', avatar: png });
	const posted = await webhook.send({ content: 'news', username: 'Herald' });
	await webhook.editMessage(posted, { content: 'old news' });
	await webhook.deleteMessage(posted);
	expect((await guild.fetchWebhooks()).size).toBe(1);
	await webhook.delete();
	await channel.bulkDelete(2);
});

test('invites, emojis, stickers, AutoMod, events and the server itself', async () => {
	const invite = await channel.createInvite({ maxAge: 60, maxUses: 1, unique: true });
	expect((await guild.invites.fetch()).get(invite.code)?.maxUses).toBe(1);
	await client.fetchInvite(invite.code);
	await invite.delete();
	const emoji = await guild.emojis.create({ attachment: png, name: 'wave' });
	await emoji.setName('hello');
	await emoji.delete();
	const sticker = await guild.stickers.create({
		file: { attachment: png, name: 's.png' },
		name: 'sticker',
		tags: 'wave',
		description: 'hi'
	});
	await sticker.delete();
	const rule = await guild.autoModerationRules.create({
		name: 'words',
		eventType: AutoModerationRuleEventType.MessageSend,
		triggerType: AutoModerationRuleTriggerType.Keyword,
		triggerMetadata: { keywordFilter: ['bad'] },
		actions: [{ type: AutoModerationActionType.BlockMessage, metadata: { customMessage: 'no' } }],
		enabled: true
	});
	await rule.setEnabled(false);
	await rule.delete();
	const event = await guild.scheduledEvents.create({
		name: 'Party',
		scheduledStartTime: Date.now() + 3_600_000,
		scheduledEndTime: Date.now() + 7_200_000,
		privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
		entityType: GuildScheduledEventEntityType.External,
		entityMetadata: { location: 'Here' }
	});
	await event.setName('Feast');
	await event.delete();
	await guild.setName('New name');
	await guild.setIcon(png);
	await guild.setIncidentActions({ invitesDisabledUntil: new Date(Date.now() + 60_000) });
	expect(guild.name).toBe('New name');
});
