import type { Clock } from '#lib/core/clock.js';
import type { Presence, PresentGuild, ServedShards } from './domain.js';
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

/**
 * Which servers the bot is in, and since when it is not.
 *
 * What Discord tells is kept here until it is stored, so that an outage of storage loses none of it.
 */
export class GuildPresence {
	readonly #options: HouseServiceOptions;
	readonly #unsaved = new Map<string, Presence>();
	#missed: { readonly present: ReadonlySet<string>; readonly shards: ServedShards; readonly leftAt: number } | null = null;
	#saving: Promise<boolean> | null = null;

	public constructor(options: HouseServiceOptions) {
		this.#options = options;
	}

	/** At READY: all servers of this process, unavailable ones too. Warms the settings and marks those left while the bot was down. */
	public async onReady(present: readonly PresentGuild[], shards: ServedShards): Promise<void> {
		const now = this.#options.clock.now();
		for (const { guildId, joinedAt } of present) this.#unsaved.set(guildId, { present: true, joinedAt: joinedAt ?? now });
		const ids = present.map(({ guildId }) => guildId);
		this.#missed = { present: new Set(ids), shards, leftAt: now };
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
		return this.#unsaved.size > 0 || this.#missed !== null;
	}

	async #saveAll(): Promise<void> {
		while (this.#hasUnsaved()) {
			const batch = [...this.#unsaved];
			const missed = this.#missed;
			const arrived = batch.flatMap(([guildId, state]) => (state.present ? [{ guildId, joinedAt: state.joinedAt }] : []));
			const gone = batch.flatMap(([guildId, state]) => (state.present ? [] : [{ guildId, leftAt: state.leftAt }]));
			if (arrived.length > 0) await this.#options.guilds.markPresent(arrived);
			if (gone.length > 0) await this.#options.guilds.markLeft(gone);
			if (missed) {
				// Servers joined since READY are not left either.
				const here = [...missed.present, ...arrived.map(({ guildId }) => guildId), ...this.#unsaved.keys()];
				await this.#options.guilds.markLeftExcept([...new Set(here)], missed.shards, missed.leftAt);
			}
			// What changed while it was stored is stored in the next round.
			for (const [guildId, state] of batch) if (this.#unsaved.get(guildId) === state) this.#unsaved.delete(guildId);
			if (this.#missed === missed) this.#missed = null;
		}
	}
}
