/** What a server can lay on somebody for good. `private_allow`: may come in while the server is private. */
export const restrictionKinds = ['hardban', 'forcenick', 'uwulock', 'shutup', 'autokick', 'private_allow', 'detention'] as const;
export type RestrictionKind = (typeof restrictionKinds)[number];

/** Kinds that somebody else could undo in Discord: looked after whenever he does. */
export const keptKinds = ['hardban', 'forcenick', 'detention'] as const satisfies readonly RestrictionKind[];
export type KeptKind = (typeof keptKinds)[number];

/** One restriction as it is kept. Times in milliseconds since 1970. */
export interface Restriction {
	readonly guildId: string;
	readonly userId: string;
	readonly kind: RestrictionKind;
	/** The nickname that is locked. */
	readonly value: string | null;
	/** What that person was called then. */
	readonly userName: string | null;
	readonly actorId: string | null;
	readonly reason: string | null;
	readonly at: number;
	readonly expiresAt: number | null;
}

/** How a server's private mode and naughty corner are set. */
export interface RestrictionConfig {
	readonly isPrivate: boolean;
	readonly privateMessage: string | null;
	readonly detentionChannelId: string | null;
}

/** Everything of a server that is asked for each message, join and voice change: held in memory. */
export interface GuildRestrictions extends RestrictionConfig {
	/** Who has what, with its value. A kind that nobody has is left out. */
	readonly held: ReadonlyMap<RestrictionKind, ReadonlyMap<string, string | null>>;
}

export const nothingSet: RestrictionConfig = { isPrivate: false, privateMessage: null, detentionChannelId: null };
export const noRestrictions: GuildRestrictions = { ...nothingSet, held: new Map() };

/** As many of a kind as a server may have: they lie in memory, some 100 bytes each. */
export const mostOf: Readonly<Record<RestrictionKind, number>> = {
	hardban: 5_000,
	forcenick: 1_000,
	uwulock: 1_000,
	shutup: 1_000,
	autokick: 5_000,
	private_allow: 5_000,
	detention: 1_000
};

/** Discord: 32 characters. */
export const longestNick = 32;
/** A nickname as Discord will keep it: without space around it, and with one between words. Another one would be set back for ever. */
export function nickAsKept(typed: string): string {
	return typed.trim().replaceAll(/\s+/g, ' ');
}

export const longestPrivateMessage = 1_000;

export function isHeld({ held }: GuildRestrictions, kind: RestrictionKind, userId: string): boolean {
	return held.get(kind)?.has(userId) === true;
}

export function isAnyHeld({ held }: GuildRestrictions, kind: RestrictionKind): boolean {
	return held.has(kind);
}

/** The nickname that is locked for somebody; null when none is. */
export function lockedNick({ held }: GuildRestrictions, userId: string): string | null {
	return held.get('forcenick')?.get(userId) ?? null;
}

/** Whether somebody who comes in has to go again, for this reason. */
export function isTurnedAway(
	restrictions: GuildRestrictions,
	{ userId, isBot }: { readonly userId: string; readonly isBot: boolean },
	why: 'hardban' | 'private' | 'autokick'
): boolean {
	if (why !== 'private') return isHeld(restrictions, why, userId);
	// Somebody who may manage the server added a bot on purpose.
	return restrictions.isPrivate && !isBot && !isHeld(restrictions, 'private_allow', userId);
}

/** Where somebody in the naughty corner has to go; null when he is there, in no voice channel, or free. */
export function cornerFor(
	restrictions: GuildRestrictions,
	{ userId, channelId }: { readonly userId: string; readonly channelId: string | null }
): string | null {
	const corner = restrictions.detentionChannelId;
	if (corner === null || channelId === null || channelId === corner) return null;
	return isHeld(restrictions, 'detention', userId) ? corner : null;
}

/** The key of the timer that looks whether a restriction is still in force in Discord. */
export function keepKey(kind: KeptKind, guildId: string, userId: string): string {
	return `${kind}-${guildId}-${userId}`;
}

/** Null when it is the key of nothing. */
export function readKeepKey(key: string): { readonly kind: KeptKind; readonly guildId: string; readonly userId: string } | null {
	const [, name, guildId, userId] = /^([a-z]+)-(\d{1,20})-(\d{1,20})$/.exec(key) ?? [];
	const kind = keptKinds.find((one) => one === name);
	return kind === undefined || guildId === undefined || userId === undefined ? null : { kind, guildId, userId };
}
