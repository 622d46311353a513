import { isAboveOverwrites, type Overwrite, permissionsIn, type Standing } from '#lib/core/standing.js';
import type { Details } from './case.js';
import { madeAt } from './jailThings.js';

/** A channel with everything that its clone takes over. */
export interface NukedChannel {
	readonly id: string;
	readonly guildId: string;
	/** Discord's number. */
	readonly type: number;
	readonly name: string;
	readonly parentId: string | null;
	readonly position: number;
	readonly overwrites: readonly Overwrite[];
	readonly topic: string | null;
	readonly nsfw: boolean;
	/** Seconds. */
	readonly slowmode: number;
	/** Minutes after which a new thread is put away; null: Discord's own choice. */
	readonly archiveAfter: number | null;
	/** Slow mode of new threads, in seconds. */
	readonly threadSlowmode: number;
	/** Of voice and stage channels. */
	readonly voice: VoiceLook | null;
	/** Of forums. */
	readonly forum: ForumLook | null;
}

export interface VoiceLook {
	/** Bits a second. */
	readonly bitrate: number;
	/** Seats; 0: as many as like. */
	readonly seats: number;
	/** Null: Discord chooses. */
	readonly region: string | null;
	/** Discord's number. */
	readonly quality: number | null;
}

export interface ForumLook {
	readonly tags: readonly {
		readonly name: string;
		/** Only for those who manage threads. */
		readonly moderated: boolean;
		readonly emojiId: string | null;
		readonly emojiName: string | null;
	}[];
	/** What a click under a post puts there. */
	readonly reaction: { readonly emojiId: string | null; readonly emojiName: string | null } | null;
	/** Discord's numbers. */
	readonly order: number | null;
	readonly layout: number;
}

/** A channel as it stands in the list of its server. */
export interface Place {
	readonly id: string;
	readonly type: number;
	readonly name: string;
	readonly parentId: string | null;
	readonly position: number;
	/** Something was written there. */
	readonly hasMessages: boolean;
}

/** What a server itself has a channel for. Without another one Discord does not let those of `rules` and `updates` be deleted. */
export const serverUses = ['rules', 'updates', 'system', 'safety', 'afk', 'widget'] as const;
export type ServerUse = (typeof serverUses)[number];

/** Discord's numbers of channels. */
const text = 0;
export const announcements = 5;
const voice = 2;
const category = 4;
const stage = 13;
const forum = 15;

const bit = { administrator: 1n << 3n, manageChannels: 1n << 4n, manageGuild: 1n << 5n, view: 1n << 10n, manageRoles: 1n << 28n } as const;

/** Discord: a server has 500 channels at most, a category 50. The clone stands beside the old one for a moment. */
const mostChannels = 500;
const mostInCategory = 50;
/** So long a request is sent again and again by itself. */
const resentWithinMs = 120_000;

/** What stands for itself and can be made by a bot: Discord lets none make a media channel. */
const nukable: ReadonlySet<number> = new Set([text, announcements, voice, stage, forum]);

export function canNuke(type: number): boolean {
	return nukable.has(type);
}

export function isTalked(type: number): boolean {
	return type === voice || type === stage;
}

export function isForum(type: number): boolean {
	return type === forum;
}

export function hasRoom(places: readonly Place[], parentId: string | null): boolean {
	const inside = places.filter((place) => parentId !== null && place.parentId === parentId);
	return places.length < mostChannels && inside.length < mostInCategory;
}

/** What the bot lacks to make the clone exactly so and to delete the channel: 0 for nothing. */
export function lackingFor(bot: Standing, channel: Pick<NukedChannel, 'type' | 'overwrites'>, uses: readonly ServerUse[]): bigint {
	if (isAboveOverwrites(bot)) return 0n;
	const there = (bit.view | bit.manageChannels) & ~permissionsIn(bot, channel);
	const server = (uses.length > 0 ? bit.manageGuild : 0n) & ~bot.permissions;
	// Discord: who makes a channel can set for others only what he holds himself, and this one only as an administrator.
	const set = channel.overwrites.reduce((sum, { allow, deny }) => sum | allow | deny, 0n);
	const roles = (set & bit.manageRoles) === 0n ? 0n : bit.administrator;
	return there | server | (set & ~bot.permissions & ~bit.manageRoles) | roles;
}

/** What is kept with the order, so that whoever finishes it knows the clone from every other channel. */
export interface NukeMemory {
	readonly name: string;
	readonly type: number;
	readonly parentId: string | null;
	/** Channels that looked the same before: none of them is the clone. */
	readonly twins: readonly string[];
	/** Null until it is made, and while nobody could write down that it was. */
	readonly cloneId: string | null;
}

export function rememberNuke({ id, name, type, parentId }: NukedChannel, places: readonly Place[]): Details {
	const twins = places.filter((place) => place.id !== id && looksLike(place, { name, type, parentId })).map((place) => place.id);
	return { name, channelType: type, parent: parentId, twins };
}

export function readNuke({ name, channelType, parent, twins, clone }: Details): NukeMemory {
	return {
		name: typeof name === 'string' ? name : '',
		type: typeof channelType === 'number' ? channelType : text,
		parentId: typeof parent === 'string' ? parent : null,
		twins: Array.isArray(twins) ? twins.filter((id): id is string => typeof id === 'string') : [],
		cloneId: typeof clone === 'string' ? clone : null
	};
}

/**
 * Clones that were made for an order, the oldest first: channels that look like the old one and were not there before. More than one
 * after an answer of Discord was lost and the request was made again. `made`: the reasons of new channels in the audit log; a channel
 * that stands there with another reason was made by somebody else.
 */
export function clonesOf(
	places: readonly Place[],
	channelId: string,
	memory: NukeMemory,
	tag: string,
	made: ReadonlyMap<string, string>
): readonly Place[] {
	const isOurs = ({ id }: Place) => made.get(id)?.startsWith(tag) ?? true;
	return places
		.filter((place) => place.id !== channelId && !memory.twins.includes(place.id) && looksLike(place, memory) && isOurs(place))
		.sort((left, right) => byAge(left.id, right.id));
}

/** Of the clones those that Discord made of a request that was sent again: empty, and hardly older or younger than the one that counts. */
export function doublesOf(clones: readonly Place[], cloneId: string): readonly string[] {
	const isDouble = ({ id, hasMessages }: Place) =>
		id !== cloneId && !hasMessages && Math.abs(madeAt(id) - madeAt(cloneId)) < resentWithinMs;
	return clones.filter(isDouble).map(({ id }) => id);
}

function looksLike(place: Place, { name, type, parentId }: Pick<NukeMemory, 'name' | 'type' | 'parentId'>): boolean {
	return place.name === name && place.type === type && place.parentId === parentId;
}

/**
 * Where channels have to be moved so that the clone stands directly behind the old one. Nothing, as a rule: it was made with the same
 * position. Discord sorts channels of one position by age, so where others share it, those move by one.
 */
export function placeBehind(
	places: readonly Place[],
	channelId: string,
	cloneId: string
): readonly { readonly id: string; readonly position: number }[] {
	const old = places.find(({ id }) => id === channelId);
	const clone = places.find(({ id }) => id === cloneId);
	if (old === undefined || clone === undefined) return [];
	const isTogether = ({ parentId, type }: Place) => parentId === old.parentId && type !== category && isTalked(type) === isTalked(old.type);
	// Voice channels stand below the others, and a category is no channel of a row.
	const row = places.filter(isTogether).sort(inOrder);
	const wanted = row.flatMap((place) => (place === clone ? [] : place === old ? [old, clone] : [place]));
	if (wanted.every((place, index) => place === row[index])) return [];
	const moved: { id: string; position: number }[] = [];
	let last: Place | null = null;
	for (const place of wanted) {
		const stands: Place = place === clone ? { ...clone, position: old.position } : place;
		const follows = last === null || inOrder(last, stands) < 0;
		const position: number = follows || last === null ? stands.position : last.position + (byAge(last.id, stands.id) < 0 ? 0 : 1);
		if (position !== place.position) moved.push({ id: place.id, position });
		last = { ...stands, position };
	}
	return moved;
}

function inOrder(left: Place, right: Place): number {
	return left.position - right.position || byAge(left.id, right.id);
}

function byAge(left: string, right: string): number {
	return left.length - right.length || (left < right ? -1 : Number(left > right));
}
