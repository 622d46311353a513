import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { SentMessage } from '#modules/moderation/index.js';
import { type GuildRestrictions, isTurnedAway, keepKey, lockedNick } from '../domain/restriction.js';
import type { RestrictionDiscord, RestrictionVoice, Who } from '../ports.js';
import type { RestrictionRepository } from '../repository/restrictions.js';
import type { Setbacks } from './setbacks.js';

export interface Newcomer extends Who {
	readonly isBot: boolean;
	readonly guildName: string;
}

export interface JoinParts {
	readonly guilds: CachedSettings<GuildRestrictions>;
	readonly rows: Pick<RestrictionRepository, 'find'>;
	readonly discord: Pick<RestrictionDiscord, 'ban' | 'kick' | 'setNickname'>;
	readonly voice: RestrictionVoice;
	readonly setbacks: Setbacks;
	readonly clock: Clock;
}

/** Features 1.13: in a raid the bot must not write to hundreds of people. */
const mostMessages = 15;
const messagesMs = 180_000;

/** What becomes of somebody who comes in. */
export class Joins {
	readonly #told = new LRUCache<string, readonly number[]>({ max: 5_000 });

	public constructor(private readonly parts: JoinParts) {}

	/** True when he is out again. */
	public async turnAway(newcomer: Newcomer, what: 'hardban' | 'private' | 'autokick'): Promise<boolean> {
		const { settings } = await this.parts.guilds.get(newcomer.guildId);
		if (!isTurnedAway(settings, newcomer, what)) return false;
		const { guildId, userId } = newcomer;
		const { discord, rows, setbacks, voice } = this.parts;
		const row = what === 'private' ? null : await rows.find(newcomer, what);
		const key = `${what}:${guildId}`;
		const told = what === 'private' && !setbacks.isPaused(key) ? await this.#tell(newcomer, settings.privateMessage) : null;
		const reason = await voice.auditReason(guildId, what, row?.actorId ?? null, row?.reason ?? null);
		const out = () => (what === 'hardban' ? discord.ban(guildId, userId, 0, reason) : discord.kick(guildId, userId, reason));
		const tried = await setbacks.try(key, out, () => voice.tellStaff(guildId, { what: `paused-${what}`, userId }));
		// He is in.
		if (tried === 'refused' && told !== null) await voice.takeBack(told);
		return tried === 'done' || tried === 'gone';
	}

	/** Gives a nickname that is locked to somebody who comes back. */
	public async giveNick({ guildId, userId }: Who): Promise<void> {
		const { settings } = await this.parts.guilds.get(guildId);
		const nick = lockedNick(settings, userId);
		if (nick === null) return;
		const { discord, rows, setbacks, voice } = this.parts;
		const row = await rows.find({ guildId, userId }, 'forcenick');
		if (row === null) return;
		const reason = await voice.auditReason(guildId, 'forcenick', row.actorId, row.reason);
		const give = () => discord.setNickname(guildId, userId, row.value, reason);
		await setbacks.try(keepKey('forcenick', guildId, userId), give, () => voice.tellStaff(guildId, { what: 'paused-forcenick', userId }));
	}

	async #tell(newcomer: Newcomer, message: string | null): Promise<SentMessage | null> {
		if (message === null || !this.#mayTell(newcomer.guildId)) return null;
		return this.parts.voice.tellRejected(newcomer, newcomer.guildName, message);
	}

	#mayTell(guildId: string): boolean {
		const now = this.parts.clock.now();
		const lately = (this.#told.get(guildId) ?? []).filter((at) => now - at < messagesMs);
		if (lately.length >= mostMessages) return false;
		this.#told.set(guildId, [...lately, now]);
		return true;
	}
}
