import type { Clock } from '#lib/core/clock.js';
import type { Transaction } from '#lib/data/transaction.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import { idsOf, memberKey, notLoaded, type PersonSet } from '#lib/settings/personSet.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import { type Case, isOver } from '../domain/case.js';
import type { JailEntry, Jailed } from '../domain/jail.js';
import type { JailDiscord, ModerationDiscord, ModerationVoice, RoleReader } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { JailRepository } from '../repository/jail.js';
import type { ModerationSettings } from '../settings.js';
import type { Alone } from './alone.js';

export interface JailServiceParts {
	/** Everybody who is in jail anywhere, with the number of the case. */
	readonly jailed: PersonSet<number>;
	readonly entries: Pick<JailRepository, 'find' | 'forgetRoles' | 'list' | 'ofGuilds' | 'planGreeting'>;
	readonly cases: Pick<CaseRepository, 'find' | 'unfinished'>;
	readonly settings: CachedSettings<ModerationSettings>;
	readonly discord: Pick<ModerationDiscord, 'addRole'> & JailDiscord;
	readonly roles: RoleReader;
	readonly voice: Pick<ModerationVoice, 'mention'>;
	readonly alone: Alone;
	readonly clock: Clock;
	readonly log: { warn(details: object, message: string): void };
	/** Why somebody is put there again, in the language of the server: for the audit log. */
	readonly againReason: (guildId: string, number: number) => string;
	readonly wake: () => void;
}

const mostListed = 1_000;

/** Who is in jail, and that he stays there when he leaves and comes back. */
export class Jail {
	readonly #parts: JailServiceParts;

	public constructor(parts: JailServiceParts) {
		this.#parts = parts;
	}

	/** For everybody who gives roles: at once, unless it is not known at the moment. */
	public isJailed(guildId: string, userId: string): boolean | Promise<boolean> {
		const number = this.#parts.jailed.get(memberKey(guildId, userId));
		return number === notLoaded ? this.#isJailedFor(guildId, userId) : number !== null;
	}

	/** Roles whose time ended while he was there: he does not get them back. In the transaction that ends them. */
	public forgetRoles(
		tx: Transaction,
		who: { readonly guildId: string; readonly userId: string },
		roleIds: readonly string[]
	): Promise<void> {
		return this.#parts.entries.forgetRoles(tx, who, roleIds);
	}

	public list(guildId: string): Promise<readonly Jailed[]> {
		return this.#parts.entries.list(guildId, mostListed);
	}

	/** Everybody in jail in a server. */
	public async userIds(guildId: string): Promise<readonly string[]> {
		return (await this.#parts.entries.ofGuilds([guildId])).map(({ userId }) => userId);
	}

	/** Somebody joined. Answers whether he is in jail; costs nothing but a look into memory when he is not. */
	public async joined(guildId: string, userId: string): Promise<boolean> {
		if (!(await this.isJailed(guildId, userId))) return false;
		await this.#putBack(guildId, userId);
		return true;
	}

	/** Looks after those who came back while nobody listened: after a start, or a long loss of the connection. */
	public async lookAfter(guildIds: readonly string[]): Promise<void> {
		const byGuild = Map.groupBy(await this.#parts.entries.ofGuilds(guildIds), ({ guildId }) => guildId);
		for (const [guildId, entries] of byGuild) {
			try {
				await this.#lookAt(
					guildId,
					entries.map(({ userId }) => userId)
				);
			} catch (error) {
				// One server must not keep the others from being looked at.
				this.#parts.log.warn({ err: error, guild: guildId }, 'The jail of a server could not be looked after');
			}
		}
	}

	async #lookAt(guildId: string, userIds: readonly string[]): Promise<void> {
		const jailRoleId = await this.#roleOf(guildId);
		if (jailRoleId === null) return;
		const present = await this.#parts.discord.rolesOf(guildId, userIds);
		for (const [userId, roleIds] of present) if (!roleIds.includes(jailRoleId)) await this.#putBack(guildId, userId);
	}

	/** Calls somebody in the channel of the jail: he sees no other. */
	public async greet(timer: DueTimer): Promise<TimerResult> {
		const { cases, discord, entries, settings } = this.#parts;
		const { guildId, userId } = idsOf(timer.key);
		const entry = await entries.find(guildId, userId);
		const { jailChannelId } = (await settings.get(guildId)).settings;
		const one = entry && (await cases.find(guildId, entry.caseNumber));
		if (one === null || jailChannelId === null) return 'done';
		try {
			await discord.greet(jailChannelId, userId, one);
			return 'done';
		} catch (error) {
			const sentence = discordSentence(error);
			if (sentence === null) throw error;
			return sentence === 'away' ? 'retry' : 'done';
		}
	}

	/** Nobody lets him out meanwhile. */
	async #putBack(guildId: string, userId: string): Promise<void> {
		const { alone, againReason, cases, clock, discord, entries } = this.#parts;
		await alone({ guildId, targetId: userId, channelId: null }, async () => {
			const [entry, jailRoleId] = await Promise.all([entries.find(guildId, userId), this.#roleOf(guildId)]);
			if (entry === null || jailRoleId === null || (await this.#isLeaving(entry))) return;
			// Nobody gets rights by coming back.
			if ((await this.#parts.roles(guildId)).get(jailRoleId)?.isDangerous === true) {
				await this.#tellStaff(guildId, await cases.find(guildId, entry.caseNumber));
				return;
			}
			try {
				await discord.addRole(guildId, userId, jailRoleId, againReason(guildId, entry.caseNumber));
				await entries.planGreeting(guildId, userId, clock.now());
				this.#parts.wake();
			} catch (error) {
				await this.#failed(error, guildId, userId, await cases.find(guildId, entry.caseNumber));
			}
		});
	}

	/** His time is over, or he is being let out: who was killed at that has a timer that brings it to its end, and he may be out already. */
	async #isLeaving({ guildId, userId, caseNumber }: JailEntry): Promise<boolean> {
		const { cases, clock } = this.#parts;
		const one = await cases.find(guildId, caseNumber);
		if (one !== null && isOver(one, clock.now())) return true;
		const order = await cases.unfinished({ key: '', guildId, targetId: userId, channelId: null });
		return order?.type === 'unjail';
	}

	async #failed(error: unknown, guildId: string, userId: string, one: Case | null): Promise<void> {
		const { log } = this.#parts;
		const sentence = discordSentence(error);
		if (sentence === null) throw error;
		// He has left again.
		if (sentence === 'unknown-member') return;
		log.warn({ err: error, guild: guildId, user: userId }, 'Somebody who is in jail came back and could not be put there');
		await this.#tellStaff(guildId, one);
	}

	async #tellStaff(guildId: string, one: Case | null): Promise<void> {
		const { settings, voice } = this.#parts;
		const { logChannelId } = (await settings.get(guildId)).settings;
		if (one !== null && logChannelId !== null) await voice.mention(one, 'jail-failed', logChannelId);
	}

	async #isJailedFor(guildId: string, userId: string): Promise<boolean> {
		return (await this.#parts.entries.find(guildId, userId)) !== null;
	}

	async #roleOf(guildId: string): Promise<string | null> {
		return (await this.#parts.settings.get(guildId)).settings.jailRoleId;
	}
}
