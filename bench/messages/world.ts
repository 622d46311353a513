import type { Emulator } from '../../emulator/emulator.js';
import type { Session } from '../../emulator/gateway/session.js';
import { addChannel, addGuild, addMember } from '../../emulator/state/build.js';

const GUILDS = 50;
const MEMBERS = 50;

const TEXTS = [
	'good morning everyone',
	'has anybody seen the new update yet? it looks really nice',
	'lol',
	'I will be back in ten minutes, save me a place in the queue please',
	'https://example.org/some/page?with=a&query=string',
	'ok 👍',
	'no; that is not what I meant, let me explain it again in other words so that we do not talk past each other',
	'brb'
];

interface Place {
	readonly guildId: string;
	readonly channelId: string;
	readonly authors: readonly { readonly id: string; readonly author: object; readonly member: object }[];
}

/** P1: 50 servers of 50 members, before anybody connects. */
export function populate({ discord, application, guild: first, users }: Emulator): readonly Place[] {
	const { world } = discord;
	const owner = users[0]?.user;
	if (owner === undefined) throw new Error('The emulator has no people');
	const guilds = [first];
	for (let index = 1; index < GUILDS; index += 1) {
		const guild = addGuild(world, `Town ${index}`, owner.id);
		addChannel(world, guild, 'general');
		addMember(world, guild, application.bot.user);
		guilds.push(guild);
	}
	return guilds.map((guild, index) => {
		while (guild.members.size < MEMBERS) addMember(world, guild, world.addUser(`person${index}x${guild.members.size}`));
		const channel = [...guild.channels.values()].find((one) => one.type === 0);
		if (channel === undefined) throw new Error('A server without a text channel');
		const authors = [...guild.members.values()]
			.filter(({ user }) => !user.bot)
			.map(({ user, roles, joined_at }) => ({
				id: user.id,
				author: { id: user.id, username: user.username, avatar: null, discriminator: '0', public_flags: 0, global_name: null },
				member: { roles, joined_at, nick: null, avatar: null, deaf: false, mute: false, flags: 0, pending: false, premium_since: null }
			}));
		return { guildId: guild.id, channelId: channel.id, authors };
	});
}

/** Frames as they go over the wire, written before the clock starts; each message has an id of its own. */
export function frames(emulator: Emulator, places: readonly Place[], session: Session, count: number): readonly string[] {
	const timestamp = new Date().toISOString();
	return Array.from({ length: count }, (_, index) => {
		const place = places[index % places.length] as Place;
		const { author, member } = place.authors[Math.floor(index / places.length) % place.authors.length] as Place['authors'][number];
		session.seq += 1;
		const message = {
			id: emulator.discord.world.ids.next(),
			channel_id: place.channelId,
			guild_id: place.guildId,
			type: 0,
			content: TEXTS[index % TEXTS.length],
			author,
			member,
			mentions: [],
			mention_roles: [],
			mention_everyone: false,
			attachments: [],
			embeds: [],
			components: [],
			timestamp,
			edited_timestamp: null,
			flags: 0,
			pinned: false,
			tts: false
		};
		return JSON.stringify({ t: 'MESSAGE_CREATE', s: session.seq, op: 0, d: message });
	});
}
