import { LRUCache } from 'lru-cache';
import type { GuardAnswer, GuardRefusal } from '#lib/commands/guards/policies.js';
import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { notLoaded, type PersonSet } from '#lib/settings/personSet.js';
import { type Authorisation, type Ban, type BanRefusal, type Crew, counts, judgePerson, judgeServer, type Verdict } from './domain.js';
import type { AccessRepository, BanKind, Purchase } from './repository.js';

/** What the people who run the bot have set up for themselves. */
export interface Desk {
	/** Where they read which servers the bot came to and left. */
	readonly logChannel: string | null;
	/** Whether a server that the bot was added to is told how it is used. */
	readonly welcomes: boolean;
	/** What a buyer is given. */
	readonly buyerRole: { readonly guildId: string; readonly roleId: string } | null;
}

export interface AccessParts {
	readonly desk: Desk;
	readonly repository: AccessRepository;
	/** Complete in memory: a message costs no query. */
	readonly users: PersonSet<Ban>;
	/** By server. */
	readonly guilds: PersonSet<Ban>;
	readonly authorised: PersonSet<Authorisation>;
	readonly crew: Crew;
	/** Only servers that were let in may have the bot. */
	readonly gated: boolean;
	readonly clock: Clock;
	/** Does the work again until storage is there. False when the process ends before that. */
	readonly untilDone: (work: () => Promise<void>) => Promise<boolean>;
}

/** How often one person is told that he is on the blacklist. */
const toldEveryMs = 10_000;
const mostTold = 10_000;

/** Who may use the bot, and where: decided by the people who run it alone. What a person agrees to himself is another matter. */
export class AccessService {
	readonly #parts: AccessParts;
	readonly #toldAt = new LRUCache<string, number>({ max: mostTold });

	public constructor(parts: AccessParts) {
		this.#parts = parts;
	}

	public get desk(): Desk {
		return this.#parts.desk;
	}

	/** From memory, for the hot path; while it is not known the answer is no. */
	public isBlacklisted(userId: string): boolean {
		return counts(this.#parts.users.getOr(userId, null), this.#parts.clock.now());
	}

	/** What a person on the blacklist is answered; `silent` when he was told within ten seconds. */
	public async refuseUser(userId: string): Promise<GuardAnswer> {
		const answer = await this.userRefusal(userId);
		if (answer === null) return null;
		const now = this.#parts.clock.now();
		const last = this.#toldAt.get(userId);
		const silent = last !== undefined && now - last < toldEveryMs;
		if (!silent) this.#toldAt.set(userId, now);
		return { ...answer, silent };
	}

	/** The same for who only wants to know. */
	public async userRefusal(userId: string): Promise<GuardAnswer> {
		const ban = await this.#known(this.#parts.users.get(userId), () => this.#parts.repository.ban('user', userId));
		if (!counts(ban, this.#parts.clock.now())) return null;
		return ban.until === null ? refusalOf('blacklisted') : refusalOf('blacklisted-until', { until: ban.until });
	}

	/** Why nothing works in a server; null also while nobody knows, so that an outage silences no server. */
	public async guildRefusal(guildId: string | null): Promise<GuardAnswer> {
		if (guildId === null) return null;
		const { guilds, repository } = this.#parts;
		const ban = await this.#known(guilds.get(guildId), () => repository.ban('guild', guildId));
		const verdict = judgeServer(ban, await this.#isAuthorised(guildId), this.#parts.gated, this.#parts.clock.now());
		return verdict === 'stay' ? null : refusalOf(verdict === 'blacklisted' ? 'server-blacklisted' : 'unauthorised');
	}

	/** Whether the bot stays in a server that it was just added to. Waits for storage, and answers `stay` only when it is sure, or ending. */
	public async admit(guildId: string): Promise<Verdict> {
		const { repository, gated, clock, untilDone } = this.#parts;
		let verdict: Verdict = 'stay';
		await untilDone(async () => {
			const ban = await repository.ban('guild', guildId);
			const authorised = !gated || (await repository.authorisation(guildId)) !== null;
			verdict = judgeServer(ban, authorised, gated, clock.now());
		});
		return verdict;
	}

	/** Of these servers the ones on the blacklist: those that the bot could not leave when they were put there. */
	public async blacklistedAmong(guildIds: readonly string[]): Promise<readonly string[]> {
		const { repository, clock, untilDone } = this.#parts;
		let found: readonly string[] = [];
		await untilDone(async () => {
			const bans = await repository.bans('guild');
			found = guildIds.filter((guildId) => counts(bans.get(guildId) ?? null, clock.now()));
		});
		return found;
	}

	/** `lasts` in milliseconds; null: until it is lifted. */
	public async blacklistUser(
		who: { readonly actorId: string; readonly userId: string; readonly isBot: boolean },
		lasts: number | null,
		reason: string | null
	): Promise<Outcome<{ readonly until: number | null }, BanRefusal | 'already-blacklisted'>> {
		const judged = judgePerson(who, this.#parts.crew);
		if (!judged.ok) return judged;
		const now = this.#parts.clock.now();
		const until = lasts === null ? null : now + lasts;
		const added = await this.#parts.repository.add({ kind: 'user', id: who.userId, actorId: who.actorId, reason, now, until });
		return added ? accept({ until }) : refuse('already-blacklisted');
	}

	public async blacklistGuild(guildId: string, actorId: string, reason: string | null): Promise<Outcome<null, 'server-already'>> {
		const now = this.#parts.clock.now();
		const added = await this.#parts.repository.add({ kind: 'guild', id: guildId, actorId, reason, now, until: null });
		return added ? accept(null) : refuse('server-already', { server: guildId });
	}

	public async lift(kind: BanKind, id: string): Promise<Outcome<null, 'not-blacklisted' | 'server-not-blacklisted'>> {
		if (await this.#parts.repository.lift(kind, id, this.#parts.clock.now())) return accept(null);
		return kind === 'user' ? refuse('not-blacklisted') : refuse('server-not-blacklisted', { server: id });
	}

	public async authorise(
		guildId: string,
		buyerId: string,
		actorId: string
	): Promise<Outcome<null, 'already-authorised' | 'authorise-blacklisted'>> {
		const { repository, clock } = this.#parts;
		const now = clock.now();
		if (counts(await repository.ban('guild', guildId), now)) return refuse('authorise-blacklisted', { server: guildId });
		if (await repository.authorise({ guildId, buyerId, actorId, now })) return accept(null);
		return refuse('already-authorised', { server: guildId });
	}

	/** Answers who had bought it. */
	public async unauthorise(guildId: string): Promise<Outcome<Authorisation, 'not-authorised'>> {
		const before = await this.#parts.repository.unauthorise(guildId);
		return before === null ? refuse('not-authorised', { server: guildId }) : accept(before);
	}

	public boughtBy(userId: string): Promise<readonly Purchase[]> {
		return this.#parts.repository.boughtBy(userId);
	}

	async #isAuthorised(guildId: string): Promise<boolean> {
		const { authorised, repository, gated } = this.#parts;
		if (!gated) return true;
		const held = authorised.get(guildId);
		if (held !== notLoaded) return held !== null;
		try {
			return (await repository.authorisation(guildId)) !== null;
		} catch (error) {
			if (!isStorageAway(error)) throw error;
			return true;
		}
	}

	/** What memory knows, else what is stored; nothing while storage is away. */
	async #known(held: Ban | null | typeof notLoaded, read: () => Promise<Ban | null>): Promise<Ban | null> {
		if (held !== notLoaded) return held;
		try {
			return await read();
		} catch (error) {
			if (!isStorageAway(error)) throw error;
			return null;
		}
	}
}

function refusalOf(code: string, values: NonNullable<GuardRefusal['values']> = {}): GuardRefusal {
	return { module: 'access', code, values };
}
