/** Permissions in Discord's bits. */
export interface Bits {
	readonly allow: bigint;
	readonly deny: bigint;
}

/** An overwrite of a channel as Discord has it. */
export interface Overwrite extends Bits {
	readonly id: string;
	readonly isMember: boolean;
}

/** Somebody with what his roles allow in the whole server. */
export interface Standing {
	readonly guildId: string;
	readonly userId: string;
	/** The server is his. */
	readonly isOwner: boolean;
	/** @everyone is not among them. */
	readonly roleIds: readonly string[];
	/** What @everyone may in the whole server. */
	readonly everyone: bigint;
	/** What he may in the whole server, @everyone included. */
	readonly permissions: bigint;
}

/** Discord's bits. */
const bit = {
	administrator: 1n << 3n,
	manageChannels: 1n << 4n,
	view: 1n << 10n,
	send: 1n << 11n,
	embed: 1n << 14n,
	attach: 1n << 15n,
	connect: 1n << 20n,
	manageRoles: 1n << 28n
} as const;
/** Discord's types of channels in which people speak. */
const voiceTypes: ReadonlySet<number> = new Set([2, 13]);
const all = -1n;

/** Whether no overwrite counts for him. */
export function isAboveOverwrites({ isOwner, permissions }: Pick<Standing, 'isOwner' | 'permissions'>): boolean {
	return isOwner || (permissions & bit.administrator) !== 0n;
}

/** What somebody may in a channel. https://discord.com/developers/docs/topics/permissions#permission-overwrites */
export function permissionsIn(
	standing: Standing,
	{ type, overwrites }: { readonly type: number; readonly overwrites: readonly Overwrite[] }
): bigint {
	if (isAboveOverwrites(standing)) return all;
	let held = heldIn(standing, overwrites);
	// Discord: what is lost together with something else.
	if ((held & bit.view) === 0n) return 0n;
	if ((held & bit.send) === 0n) held &= ~(bit.attach | bit.embed);
	if (voiceTypes.has(type) && (held & bit.connect) === 0n) held &= ~(bit.manageChannels | bit.manageRoles);
	return held;
}

/** The same before what is lost together with something else. */
export function heldIn({ guildId, userId, roleIds, permissions }: Standing, overwrites: readonly Overwrite[]): bigint {
	const apply = (held: bigint, { allow, deny }: Bits) => (held & ~deny) | allow;
	const everyone = overwrites.find(({ id }) => id === guildId);
	const own = overwrites.find(({ id, isMember }) => isMember && id === userId);
	const ofRoles = overwrites.filter(({ id, isMember }) => !isMember && id !== guildId && roleIds.includes(id));
	const roles = ofRoles.reduce<Bits>((sum, { allow, deny }) => ({ allow: sum.allow | allow, deny: sum.deny | deny }), {
		allow: 0n,
		deny: 0n
	});
	let held = permissions;
	if (everyone !== undefined) held = apply(held, everyone);
	held = apply(held, roles);
	return own === undefined ? held : apply(held, own);
}

/** Whether everybody sees the channel. */
export function isPublic({ guildId, everyone }: Standing, overwrites: readonly Overwrite[]): boolean {
	const own = overwrites.find(({ id }) => id === guildId);
	return (((everyone & ~(own?.deny ?? 0n)) | (own?.allow ?? 0n)) & bit.view) !== 0n;
}
