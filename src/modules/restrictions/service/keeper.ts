import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import { type Bout, boutMs, nextBout, quietIn } from '../domain/bouts.js';
import {
	cornerFor,
	type GuildRestrictions,
	type KeptKind,
	keepKey,
	lockedNick,
	type Restriction,
	readKeepKey
} from '../domain/restriction.js';
import { pauseMs } from '../domain/setbacks.js';
import type { RestrictionDiscord, RestrictionVoice, Who } from '../ports.js';
import type { RestrictionRepository } from '../repository/restrictions.js';
import type { Setbacks, Tried } from './setbacks.js';

export interface KeeperParts {
	readonly guilds: CachedSettings<GuildRestrictions>;
	readonly rows: Pick<RestrictionRepository, 'find' | 'keepAt'>;
	readonly discord: RestrictionDiscord;
	readonly voice: RestrictionVoice;
	readonly setbacks: Setbacks;
	/** Runs while no action is carried out about the same person: what a command is just changing is not changed back. */
	readonly alone: <T>(who: Who, work: () => Promise<T>) => Promise<T>;
	/** The channel of a server's naughty corner is gone. */
	readonly forgetCorner: (guildId: string, channelId: string) => Promise<void>;
	readonly clock: Clock;
}

/** Somebody has to be kept by more than one of our processes, or longer than one lives: then by a timer, after this. */
const laterMs = 60_000;
const mostBouts = 10_000;

/** Does again what somebody undid in Discord: an unban, another nickname, another voice channel. Never without an end. */
export class Keeper {
	readonly #bouts = new LRUCache<string, Bout>({ max: mostBouts });

	public constructor(private readonly parts: KeeperParts) {}

	/** Somebody was unbanned. Asked of the database: it is rare, and what this process remembers may be a moment old. */
	public async onUnban(who: Who): Promise<void> {
		if ((await this.parts.rows.find(who, 'hardban')) !== null) await this.#keep('hardban', who);
	}

	public async onNick(who: Who, nick: string | null): Promise<void> {
		const { settings } = await this.parts.guilds.get(who.guildId);
		const locked = lockedNick(settings, who.userId);
		if (locked !== null && locked !== nick) await this.#keep('forcenick', who, (row) => row.value === nick);
	}

	/** True when he had to go back to the naughty corner. */
	public async onVoice(who: Who, channelId: string | null): Promise<boolean> {
		const { settings } = await this.parts.guilds.get(who.guildId);
		if (cornerFor(settings, { ...who, channelId }) === null) return false;
		await this.#keep('detention', who);
		return true;
	}

	/** Looks whether it is still in force in Discord; asked by timers, and after the bot was away. */
	public async due(timer: DueTimer): Promise<TimerResult> {
		const key = readKeepKey(timer.key);
		if (key === null) return 'done';
		const later = quietIn(this.#bouts.get(timer.key) ?? { done: [], waitingSince: null }, this.parts.clock.now());
		if (later > 0) return { later };
		try {
			return (await this.look(key.kind, key)) === 'away' ? 'retry' : 'done';
		} catch (error) {
			if (!(error instanceof LockTimeoutError)) throw error;
			return { later: laterMs };
		}
	}

	public async look(kind: KeptKind, who: Who): Promise<Tried> {
		return this.parts.alone(who, async () => {
			const row = await this.parts.rows.find(who, kind);
			if (row === null || (await this.#isInForce(row))) return 'done';
			return this.#do(row);
		});
	}

	async #isInForce({ kind, value, ...who }: Restriction): Promise<boolean> {
		const { discord, guilds } = this.parts;
		if (kind === 'hardban') return discord.isBanned(who.guildId, who.userId);
		if (kind === 'forcenick') {
			const nick = await discord.nickOf(who);
			return nick === undefined || nick === value;
		}
		const { settings } = await guilds.get(who.guildId);
		if (settings.detentionChannelId === null) return true;
		return cornerFor(settings, { ...who, channelId: await discord.voiceOf(who) }) === null;
	}

	async #keep(kind: KeptKind, who: Who, isRight: (row: Restriction) => boolean = () => false): Promise<void> {
		const { alone, rows, voice } = this.parts;
		const key = keepKey(kind, who.guildId, who.userId);
		// In the middle of a fight nobody is asked, neither the database nor Discord.
		if (this.#isWaiting(key)) return void this.#answer(key);
		try {
			const after = await alone(who, async () => {
				const row = await rows.find(who, kind);
				if (row === null || isRight(row)) return 'nothing';
				const answer = this.#answer(key);
				return answer === 'do' ? this.#do(row) : answer;
			});
			if (after === 'give-up') await voice.tellStaff(who.guildId, { what: `${kind}-fight`, userId: who.userId });
			// Once more when it has rested; after that only when something happens again.
			if (kind !== 'forcenick' && (after === 'refused' || after === 'paused'))
				await rows.keepAt(kind, who, this.parts.clock.now() + pauseMs);
			if (after === 'give-up' || after === 'away') await rows.keepAt(kind, who, this.parts.clock.now() + boutMs);
		} catch (error) {
			if (!(error instanceof LockTimeoutError)) throw error;
			await rows.keepAt(kind, who, this.parts.clock.now() + laterMs);
		}
	}

	#isWaiting(key: string): boolean {
		const bout = this.#bouts.get(key);
		return bout !== undefined && quietIn(bout, this.parts.clock.now()) > 0;
	}

	#answer(key: string) {
		const { bout, answer } = nextBout(this.#bouts.get(key), this.parts.clock.now());
		this.#bouts.set(key, bout);
		return answer;
	}

	async #do(row: Restriction): Promise<Tried> {
		const { discord, setbacks, voice } = this.parts;
		const { guildId, userId, actorId } = row;
		const kind = row.kind as KeptKind;
		const reason = await voice.auditReason(guildId, kind, actorId, row.reason);
		// Of nicknames single people are refused, of the rest all alike.
		const key = kind === 'forcenick' ? keepKey(kind, guildId, userId) : `${kind}:${guildId}`;
		const tell = () => voice.tellStaff(guildId, { what: `paused-${kind}`, userId });
		// Who was not banned again can come in, and nothing more may happen before he does.
		if (kind === 'hardban') {
			const tried = await setbacks.try(key, () => discord.ban(guildId, userId, 0, reason), tell, 1);
			if (tried === 'done') await voice.tellStaff(guildId, { what: 'hardban-kept', userId });
			return tried;
		}
		if (kind === 'forcenick') return setbacks.try(key, () => discord.setNickname(guildId, userId, row.value, reason), tell);
		// Who was not moved sits where he is: nothing will happen that a second try could follow from.
		return setbacks.try(key, () => this.#moveBack(row, reason), tell, 1);
	}

	async #moveBack({ guildId, userId }: Restriction, reason: string): Promise<void> {
		const { discord, forgetCorner, guilds } = this.parts;
		const corner = (await guilds.get(guildId)).settings.detentionChannelId;
		if (corner === null) return;
		if ((await discord.moveTo({ guildId, userId }, corner, reason)) === 'no-channel') await forgetCorner(guildId, corner);
	}
}
