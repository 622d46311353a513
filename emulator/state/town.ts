import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { powersFrom } from '../actions/draft.js';
import { createMessage } from '../actions/messages.js';
import { addReaction } from '../actions/reactions.js';
import { openThread } from '../actions/threads.js';
import type { Discord } from '../discord.js';
import { addChannel, addMember, addRole } from './build.js';
import { type Channel, ChannelType } from './channel.js';
import type { Guild } from './guild.js';
import type { Message } from './message.js';
import { makeToken, type Seed } from './seed.js';
import type { Role, User } from './types.js';

/** What a moderator holds; not administrator, so that hierarchy and single rights can be tried. */
const STAFF =
	Bits.KickMembers |
	Bits.BanMembers |
	Bits.ManageMessages |
	Bits.ManageChannels |
	Bits.ManageRoles |
	Bits.ManageNicknames |
	Bits.ModerateMembers |
	Bits.ManageThreads |
	Bits.MoveMembers |
	Bits.MuteMembers |
	Bits.DeafenMembers |
	Bits.ManageGuild;

/** Categories with their channels; the text ones have a topic. */
const places: readonly { category: string; type?: number; channels: readonly (readonly [name: string, topic?: string])[] }[] = [
	{
		category: 'Information',
		channels: [
			['rules', 'How we live together'],
			['welcome', 'New people are greeted here'],
			['announcements', 'What is new in town']
		]
	},
	{
		category: 'Community',
		channels: [
			['levels', 'Who went up a level'],
			['starboard', 'The best of the town'],
			['pictures', 'Show what you have seen'],
			['suggestions', 'What the town could do better'],
			['counting', 'One, two, three …'],
			['music', 'What the bot plays in the music room']
		]
	},
	{ category: 'Support', channels: [['tickets', 'Open a ticket and the staff will come']] },
	{
		category: 'Staff',
		channels: [['staff-room', 'Only the staff reads this'], ['mod-log', 'What the staff and the bot did'], ['transcripts']]
	},
	{ category: 'Voice channels', type: ChannelType.GuildVoice, channels: [['Music room'], ['Make a room'], ['Away']] }
];

/** Makes the first server a town: staff, a booster, another bot, a channel for every module, and something to read. */
export function settleTown(discord: Discord, { guild, users }: Seed): void {
	const { world } = discord;
	const staff = addRole(world, guild, 'Staff', { permissions: String(STAFF), color: 0x3ba55d, hoist: true, mentionable: true });
	const booster = addRole(world, guild, 'Booster', { color: 0xf47fff, managed: true, tags: { premium_subscriber: null } });
	const muted = addRole(world, guild, 'Muted', { color: 0x80848e });
	for (const [name, colour] of [
		['Red', 0xe0555a],
		['Blue', 0x4a90e2],
		['Gold', 0xd9a514]
	] as const)
		addRole(world, guild, name, { color: colour });
	const moderator = settle(discord, guild, 'fatima', [staff]);
	settle(discord, guild, 'george', [staff]);
	const patron = settle(discord, guild, 'hana', [booster]);
	const boosting = guild.members.get(patron.id);
	if (boosting !== undefined) boosting.premium_since = world.now();
	guild.boosts = 2;
	guild.premiumTier = 1;
	const otherBot = world.addUser('Weather', { bot: true });
	const otherRole = addRole(world, guild, 'Weather', { managed: true, tags: { bot_id: otherBot.id } });
	addMember(world, guild, otherBot).roles.push(otherRole.id);
	orderRoles(guild, [muted, otherRole, booster, staff]);
	const channels = settleChannels(discord, guild, staff);
	guild.rulesChannelId = channels.get('rules')?.id ?? null;
	guild.afkChannelId = channels.get('Away')?.id ?? null;
	settleTalk(discord, guild, channels, { moderator, patron, owner: users[0]?.user ?? moderator, bot: otherBot });
}

function settle({ world }: Discord, guild: Guild, name: string, roles: readonly Role[]): User {
	const user = world.addUser(name, { globalName: name.charAt(0).toUpperCase() + name.slice(1) });
	world.addAccount(user, makeToken());
	addMember(world, guild, user).roles.push(...roles.map(({ id }) => id));
	return user;
}

/** Plain roles at the bottom, then `above` from low to high, then the bot's own at the top. */
function orderRoles(guild: Guild, above: readonly Role[]): void {
	const place = (role: Role) => {
		if (role.id === guild.id) return -1;
		if (role.name === 'Evict') return Number.MAX_SAFE_INTEGER;
		const at = above.indexOf(role);
		return at === -1 ? role.position : 1000 + at;
	};
	for (const [position, role] of [...guild.roles.values()].sort((a, b) => place(a) - place(b)).entries()) role.position = position;
	guild.revision++;
}

function settleChannels({ world }: Discord, guild: Guild, staff: Role): Map<string, Channel> {
	const made = new Map<string, Channel>();
	const all = (bits: bigint) => ({ id: guild.id, type: 0 as const, allow: '0', deny: String(bits) });
	for (const { category, type, channels } of places) {
		const parent = addChannel(world, guild, category, ChannelType.GuildCategory);
		if (category === 'Staff') {
			parent.overwrites = [all(Bits.ViewChannel), { id: staff.id, type: 0, allow: String(Bits.ViewChannel), deny: '0' }];
		}
		for (const [name, topic] of channels) {
			const channel = addChannel(world, guild, name, type ?? ChannelType.GuildText, parent.id);
			channel.topic = topic ?? null;
			channel.overwrites = category === 'Information' ? [all(Bits.SendMessages)] : parent.overwrites.map((overwrite) => ({ ...overwrite }));
			made.set(name, channel);
		}
	}
	const forum = addChannel(world, guild, 'questions', ChannelType.GuildForum, made.get('tickets')?.parentId ?? null);
	forum.topic = 'Ask, and somebody will know';
	made.set('questions', forum);
	guild.revision++;
	return made;
}

interface Talkers {
	owner: User;
	moderator: User;
	patron: User;
	bot: User;
}

/** Something to read and to react to. #general stays empty: it is the visitor's. */
function settleTalk(
	discord: Discord,
	guild: Guild,
	channels: ReadonlyMap<string, Channel>,
	{ owner, moderator, patron, bot }: Talkers
): void {
	say(discord, channels.get('rules'), owner, '## Rules of the town\n1. Be kind.\n2. Keep to the topic.\n3. The staff has the last word.');
	say(
		discord,
		channels.get('announcements'),
		owner,
		`The town is open! Type \`;help\` or \`/help\` in <#${guild.systemChannelId}> to meet the bot. 🎉`
	);
	const picture = say(discord, channels.get('pictures'), patron, 'The harbour this morning. I wish I could show you the smell of the sea.');
	if (picture !== null) {
		for (const user of [owner, moderator, patron]) addReaction(discord, picture.channel, picture.message, user, { id: null, name: '⭐' });
		addReaction(discord, picture.channel, picture.message, moderator, { id: null, name: '🌊' });
		const thread = openThread(discord, guild, picture.channel, {
			id: picture.message.id,
			name: 'The harbour',
			type: ChannelType.PublicThread,
			ownerId: patron.id
		});
		picture.message.threadId = thread.id;
		say(discord, thread, moderator, 'Which lens did you use?');
		say(discord, thread, patron, 'An old one with 35 mm.');
	}
	say(discord, channels.get('suggestions'), moderator, 'A bench at the lake?');
	say(discord, channels.get('staff-room'), moderator, 'Who takes the tickets this evening?');
	say(discord, channels.get('levels'), bot, 'It will be sunny until the evening, 21 °C.');
}

function say(discord: Discord, channel: Channel | undefined, author: User, content: string): { channel: Channel; message: Message } | null {
	if (channel === undefined) return null;
	const message = createMessage(
		discord,
		channel,
		author,
		{
			content,
			embeds: undefined,
			components: undefined,
			attachments: undefined,
			flags: undefined,
			tts: false,
			nonce: null,
			enforceNonce: false,
			reference: undefined,
			allowedMentions: undefined,
			stickerIds: [],
			poll: undefined
		},
		powersFrom(Bits.EmbedLinks)
	);
	return { channel, message };
}
