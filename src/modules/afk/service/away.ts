import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import type { Outcome } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { WriteBuffer } from '#lib/data/writeBuffer.js';
import { memberKey, type PersonSet } from '#lib/settings/personSet.js';
import {
	type Away,
	type AwayNotice,
	endsAbsence,
	graceMs,
	isDueAgain,
	judgeReason,
	mostMentions,
	noticeEveryMs,
	type Return
} from '../domain.js';
import type { AwayRepository, MentionCount } from '../repository/away.js';

export interface AwayParts {
	readonly repository: Pick<AwayRepository, 'set' | 'end'>;
	/** Everyone who is away, by `memberKey`. */
	readonly states: PersonSet<Away>;
	readonly mentions: WriteBuffer<MentionCount>;
	readonly clock: Clock;
	/** True for the one process that tells of `userId` under this message. */
	readonly claimNotice: (messageId: string, userId: string) => Promise<boolean>;
}

/** A message as far as absences go. */
export interface MentioningMessage {
	readonly id: string;
	readonly guildId: string;
	readonly channelId: string;
	readonly authorId: string;
	readonly mentionedIds: Iterable<string>;
}

const mostPlaces = 20_000;
const mostMessages = 5_000;

/** Who is away, who came back, and who should hear of it. */
export class AwayService {
	readonly #parts: AwayParts;
	/** When it was last said in a channel that somebody is away. */
	readonly #toldAt = new LRUCache<string, number>({ max: mostPlaces });
	/** Messages that were counted: Discord may send one twice. */
	readonly #counted = new LRUCache<string, true>({ max: mostMessages });
	/** Members whose absence is ending at this moment. */
	readonly #returning = new Set<string>();

	public constructor(parts: AwayParts) {
		this.#parts = parts;
	}

	/** Sets the caller away; of one who is away already only the reason changes. `usual`: the reason when none was given. */
	public async leave(
		guildId: string,
		userId: string,
		typed: string | null,
		usual: string
	): Promise<Outcome<Away & { readonly isNew: boolean }, 'reason-too-long'>> {
		const reason = judgeReason(typed, usual);
		if (!reason.ok) return reason;
		const written = await this.#parts.repository.set(guildId, userId, { reason: reason.value, since: this.#parts.clock.now() });
		return { ok: true, value: { reason: reason.value, ...written } };
	}

	/** Whether a message of this member ends his absence. Answers from memory. */
	public isBack(guildId: string, userId: string): boolean {
		const away = this.#awayOf(guildId, userId);
		return away !== null && endsAbsence(away, this.#parts.clock.now());
	}

	/** Ends the absence. Null when another message or process did, or storage is away: then the next message does. */
	public async comeBack(guildId: string, userId: string): Promise<Return | null> {
		const key = memberKey(guildId, userId);
		// Two of his messages at once: the one that ends the absence must be the one that took the count.
		if (this.#returning.has(key)) return null;
		this.#returning.add(key);
		try {
			return await this.#end(guildId, userId, key);
		} finally {
			this.#returning.delete(key);
		}
	}

	async #end(guildId: string, userId: string, key: string): Promise<Return | null> {
		const { repository, mentions, clock } = this.#parts;
		const unwritten = await mentions.take(key);
		try {
			const ended = await repository.end(guildId, userId, clock.now() - graceMs);
			if (ended === null) return null;
			return { since: ended.since, mentions: ended.mentions + (unwritten?.since === ended.since ? unwritten.count : 0) };
		} catch (error) {
			if (unwritten !== undefined) mentions.add(key, unwritten);
			if (isStorageAway(error)) return null;
			throw error;
		}
	}

	/** Counts the mentions of people who are away and answers whom it is time to speak of. From memory alone. */
	public onMentions({ id, guildId, channelId, authorId, mentionedIds }: MentioningMessage): readonly AwayNotice[] {
		if (this.#parts.states.size === 0) return [];
		const others = [...mentionedIds].filter((userId) => userId !== authorId).slice(0, mostMentions);
		const awayOnes = others.flatMap((userId): AwayNotice[] => {
			const away = this.#awayOf(guildId, userId);
			return away === null ? [] : [{ userId, ...away }];
		});
		if (awayOnes.length === 0 || this.#counted.has(id)) return [];
		this.#counted.set(id, true);
		for (const { userId, since } of awayOnes) {
			this.#parts.mentions.add(memberKey(guildId, userId), { guildId, userId, since, count: 1 });
		}
		return awayOnes.filter(({ userId }) => this.#mayTell(channelId, userId));
	}

	/** Those of the notices that no other process tells. */
	public async claimed(messageId: string, notices: readonly AwayNotice[]): Promise<readonly AwayNotice[]> {
		const mine = await Promise.all(notices.map(({ userId }) => this.#parts.claimNotice(messageId, userId)));
		return notices.filter((_, index) => mine[index] === true);
	}

	#mayTell(channelId: string, userId: string): boolean {
		const now = this.#parts.clock.now();
		const place = `${channelId}:${userId}`;
		if (!isDueAgain(this.#toldAt.get(place), now, noticeEveryMs)) return false;
		this.#toldAt.set(place, now);
		return true;
	}

	/** While it is not known who is away, nobody is. */
	#awayOf(guildId: string, userId: string): Away | null {
		return this.#parts.states.size === 0 ? null : this.#parts.states.getOr(memberKey(guildId, userId), null);
	}
}
