import { cornerFor, type GuildRestrictions, type KeptKind, lockedNick, type RestrictionKind } from '../domain/restriction.js';
import type { RestrictionDiscord } from '../ports.js';
import type { RestrictionRepository } from '../repository/restrictions.js';
import type { Keeper } from './keeper.js';

/** A server as this process knows it after its start, or after nothing was heard of it for long. */
export interface PresentServer {
	readonly guildId: string;
	hasChannel(channelId: string): boolean;
	voiceChannelOf(userId: string): string | null;
	/** The nicknames that those of them have who are members. */
	nicksOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
}

export interface AfterAwayParts {
	readonly rows: Pick<RestrictionRepository, 'readMany' | 'list'>;
	readonly discord: Pick<RestrictionDiscord, 'lastUnbanned'>;
	readonly keeper: Pick<Keeper, 'look'>;
	readonly forgetCorner: (guildId: string, channelId: string) => Promise<void>;
	readonly log: { warn(details: object, message: string): void };
}

/** Where the bot may not read the audit log, it looks at so many hard-bans one by one, the newest first. */
const mostLookedAt = 25;

/** What happened while the bot was away, as far as few requests tell it: one for each server that has hard-bans, one for a hundred locked nicknames. */
export class AfterAway {
	public constructor(private readonly parts: AfterAwayParts) {}

	public async look(servers: readonly PresentServer[]): Promise<void> {
		const known = await this.parts.rows.readMany(servers.map(({ guildId }) => guildId));
		for (const server of servers) {
			const restrictions = known.get(server.guildId);
			if (restrictions === undefined) continue;
			try {
				await this.#lookAt(server, restrictions);
			} catch (error) {
				// One server must not keep the others from being looked at.
				this.parts.log.warn({ err: error, guild: server.guildId }, 'The restrictions of a server could not be looked after');
			}
		}
	}

	async #lookAt(server: PresentServer, restrictions: GuildRestrictions): Promise<void> {
		const { guildId } = server;
		const corner = restrictions.detentionChannelId;
		if (corner !== null && !server.hasChannel(corner)) await this.parts.forgetCorner(guildId, corner);
		else await this.#gather(server, restrictions);
		const hardbanned = idsOf(restrictions, 'hardban');
		if (hardbanned.length > 0) await this.#keep('hardban', guildId, await this.#perhapsUnbanned(guildId, new Set(hardbanned)));
		await this.#keep('forcenick', guildId, await this.#renamed(server, restrictions));
	}

	/** Brings everybody who belongs into the naughty corner and sits elsewhere. */
	public async gather(server: PresentServer): Promise<void> {
		const restrictions = (await this.parts.rows.readMany([server.guildId])).get(server.guildId);
		if (restrictions !== undefined) await this.#gather(server, restrictions);
	}

	async #gather(server: PresentServer, restrictions: GuildRestrictions): Promise<void> {
		const elsewhere = idsOf(restrictions, 'detention').filter(
			(userId) => cornerFor(restrictions, { userId, channelId: server.voiceChannelOf(userId) }) !== null
		);
		await this.#keep('detention', server.guildId, elsewhere);
	}

	async #renamed(server: PresentServer, restrictions: GuildRestrictions): Promise<readonly string[]> {
		const locked = idsOf(restrictions, 'forcenick');
		if (locked.length === 0) return [];
		const nicks = await server.nicksOf(locked);
		return [...nicks].filter(([userId, nick]) => nick !== lockedNick(restrictions, userId)).map(([userId]) => userId);
	}

	async #perhapsUnbanned(guildId: string, hardbanned: ReadonlySet<string>): Promise<readonly string[]> {
		const unbanned = await this.parts.discord.lastUnbanned(guildId);
		if (unbanned !== null) return [...new Set(unbanned)].filter((id) => hardbanned.has(id));
		const newest = await this.parts.rows.list(guildId, 'hardban');
		return newest.slice(0, mostLookedAt).map(({ userId }) => userId);
	}

	async #keep(kind: KeptKind, guildId: string, userIds: readonly string[]): Promise<void> {
		for (const userId of userIds) await this.parts.keeper.look(kind, { guildId, userId });
	}
}

function idsOf({ held }: GuildRestrictions, kind: RestrictionKind): readonly string[] {
	return [...(held.get(kind)?.keys() ?? [])];
}
