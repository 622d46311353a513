/** What the things of a jail are called when we make them. */
export const jailNames = { role: 'evict-jail', category: 'evict mod', logs: 'mod-logs', jail: 'jail' } as const;

export type JailChannel = Exclude<keyof typeof jailNames, 'role'>;

/** Discord's types of channels. */
export const channelTypes = { text: 0, category: 4 } as const;

/** Discord's bits of permissions. */
const bits = { view: 1n << 10n, send: 1n << 11n, embed: 1n << 14n, attach: 1n << 15n, history: 1n << 16n } as const;

export interface SeenRole {
	readonly id: string;
	readonly name: string;
	readonly managed: boolean;
	readonly permissions: bigint;
}

export interface Overwrite {
	readonly allow: bigint;
	readonly deny: bigint;
}

export interface SeenChannel {
	readonly id: string;
	readonly name: string;
	readonly type: number;
	readonly parentId: string | null;
	readonly overwrites: ReadonlyMap<string, Overwrite>;
}

/** What there is in a server. */
export interface Seen {
	readonly roles: readonly SeenRole[];
	readonly channels: readonly SeenChannel[];
}

/** The things of a jail by their ids; null for what is not there. */
export interface JailThings {
	readonly roleId: string | null;
	readonly channelId: string | null;
	readonly categoryId: string | null;
	readonly logChannelId: string | null;
}

/** Clocks differ: a thing may look older than the work that made it. Milliseconds. */
const skewMs = 60_000;
/** Discord: ids count the milliseconds since 2015. */
const firstMs = 1_420_070_400_000;

/** When Discord made the thing of this id, milliseconds since 1970. */
export function madeAt(id: string): number {
	return Number(BigInt(id) >> 22n) + firstMs;
}

/** Roles that this making, or an earlier one that was cut short, made and could not note down. One that may do anything is none of ours. */
export function madeRoles({ roles }: Seen, begunAt: number): readonly string[] {
	const ours = ({ id, name, managed, permissions }: SeenRole) =>
		name === jailNames.role && !managed && permissions === 0n && madeAt(id) >= begunAt - skewMs;
	return roles.filter(ours).map(({ id }) => id);
}

/** The same for channels of one kind. */
export function madeChannels({ channels }: Seen, what: JailChannel, parentId: string | null, begunAt: number): readonly string[] {
	const type = what === 'category' ? channelTypes.category : channelTypes.text;
	const ours = (one: SeenChannel) =>
		one.name === jailNames[what] && one.type === type && one.parentId === parentId && madeAt(one.id) >= begunAt - skewMs;
	return channels.filter(ours).map(({ id }) => id);
}

/** Whether the holders of a role may be able to see a channel, by some other role that they keep. */
export function isOpen({ overwrites }: SeenChannel, roleId: string): boolean {
	return ((overwrites.get(roleId)?.deny ?? 0n) & bits.view) === 0n;
}

/** The overwrite that hides a channel from a role, and leaves everything else of it as it is. */
export function closed({ allow, deny }: Overwrite = { allow: 0n, deny: 0n }): Overwrite {
	return { allow: allow & ~bits.view, deny: deny | bits.view };
}

/** Who sees what of the things that are made: nobody but the bot and, in the jail, those who are there. */
export function overwritesFor(
	what: 'category' | 'logs' | 'jail',
	ids: { readonly guildId: string; readonly roleId: string; readonly botId: string }
) {
	const nobody = { allow: 0n, deny: bits.view };
	const bot = { allow: bits.view | bits.send | bits.embed | bits.attach | bits.history, deny: 0n };
	const jailed = what === 'jail' ? { allow: bits.view | bits.send | bits.history, deny: 0n } : nobody;
	return [
		{ id: ids.guildId, type: 0, ...nobody },
		{ id: ids.roleId, type: 0, ...jailed },
		{ id: ids.botId, type: 1, ...bot }
	] as const;
}
