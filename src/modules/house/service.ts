import type { Clock } from '#lib/core/clock.js';
import type { Presence, PresentGuild, ServedShard } from './domain.js';
import type { GuildRepository } from './repository.js';

export interface HouseServiceOptions {
	readonly guilds: GuildRepository;
	readonly clock: Clock;
	/** What keeps settings in memory by server. */
	readonly settings: {
		warmUp(guildIds: readonly string[]): Promise<boolean>;
		guildJoined(guildId: string): void;
		guildLeft(guildId: string): void;
	};
	/** Does the work again until storage is there. False when the process ends before that. */
	readonly untilDone: (work: () => Promise<void>) => Promise<boolean>;
}

/** Servers of the shard that are not among the present were left while nothing was heard. */
interface Missed {
	readonly present: readonly string[];
	readonly shard: ServedShard;
	readonly leftAt: number;
}

/**
 * Which servers the bot is in, and since when it is not.
 *
 * What Discord tells is kept here until it is stored, so that an outage of storage loses none of it.
 */
export class GuildPresence {
	readonly #options: HouseServiceOptions;
	readonly #unsaved = new Map<string, Presence>();
	/** By shard. */
	readonly #missed = new Map<number, Missed>();
	#saving: Promise<boolean> | null = null;

	public constructor(options: HouseServiceOptions) {
		this.#options = options;
	}

	/** After the start and in each new session: all servers of the shard, unavailable ones too. Warms the settings and marks those that were left meanwhile. */
	public async onShardReady(present: readonly PresentGuild[], shard: ServedShard): Promise<void> {
		const now = this.#options.clock.now();
		for (const { guildId, joinedAt } of present) this.#unsaved.set(guildId, { present: true, joinedAt: joinedAt ?? now });
		const ids = present.map(({ guildId }) => guildId);
		this.#missed.set(shard.shardId, { present: ids, shard, leftAt: now });
		await Promise.all([this.#save(), this.#options.settings.warmUp(ids)]);
	}

	/** The bot was added to a server. */
	public async onJoined({ guildId, joinedAt }: PresentGuild): Promise<void> {
		this.#options.settings.guildJoined(guildId);
		this.#unsaved.set(guildId, { present: true, joinedAt: joinedAt ?? this.#options.clock.now() });
		await this.#save();
	}

	/** The bot was removed from a server. Not for one that Discord cannot reach now: that one is not left. */
	public async onLeft(guildId: string): Promise<void> {
		this.#options.settings.guildLeft(guildId);
		this.#unsaved.set(guildId, { present: false, leftAt: this.#options.clock.now() });
		await this.#save();
	}

	/** One at a time; resolves when everything told so far is stored. */
	async #save(): Promise<void> {
		while (this.#hasUnsaved()) {
			this.#saving ??= this.#options
				.untilDone(() => this.#saveAll())
				.finally(() => {
					this.#saving = null;
				});
			if (!(await this.#saving)) return;
		}
	}

	#hasUnsaved(): boolean {
		return this.#unsaved.size > 0 || this.#missed.size > 0;
	}

	async #saveAll(): Promise<void> {
		while (this.#hasUnsaved()) {
			const batch = [...this.#unsaved];
			const missed = [...this.#missed];
			const arrived = batch.flatMap(([guildId, state]) => (state.present ? [{ guildId, joinedAt: state.joinedAt }] : []));
			const gone = batch.flatMap(([guildId, state]) => (state.present ? [] : [{ guildId, leftAt: state.leftAt }]));
			if (arrived.length > 0) await this.#options.guilds.markPresent(arrived);
			if (gone.length > 0) await this.#options.guilds.markLeft(gone);
			for (const [, { present, shard, leftAt }] of missed) {
				// Servers joined since READY are not left either.
				const here = new Set([...present, ...arrived.map(({ guildId }) => guildId), ...this.#unsaved.keys()]);
				await this.#options.guilds.markLeftExcept([...here], shard, leftAt);
			}
			// What changed while it was stored is stored in the next round.
			for (const [guildId, state] of batch) if (this.#unsaved.get(guildId) === state) this.#unsaved.delete(guildId);
			for (const [shardId, state] of missed) if (this.#missed.get(shardId) === state) this.#missed.delete(shardId);
		}
	}
}
