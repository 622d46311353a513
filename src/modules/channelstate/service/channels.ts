import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { IgnoreRepository, Ignores } from '../repository/ignores.js';
import type { LockRepository } from '../repository/locks.js';

export interface LockedChannelsParts {
	readonly ignores: IgnoreRepository;
	readonly settings: CachedSettings<Ignores>;
	readonly locks: Pick<LockRepository, 'forgetChannels' | 'channels'>;
	readonly clock: Clock;
}

/** Discord: a server has at most 500 channels. */
const mostIgnored = 500;

/** Which channels no lock touches, and what goes when a channel does. */
export class LockedChannels {
	readonly #parts: LockedChannelsParts;

	public constructor(parts: LockedChannelsParts) {
		this.#parts = parts;
	}

	public async ignored(guildId: string): Promise<readonly string[]> {
		return (await this.#parts.settings.get(guildId)).settings.channelIds;
	}

	/** Takes a channel out of all locks, or back among them; answers whether it is out now. */
	public async toggleIgnored(guildId: string, actorId: string, channelId: string): Promise<Outcome<boolean, 'too-many-ignored'>> {
		const changed = await this.#parts.ignores.change({ guildId, actorId, now: this.#parts.clock.now() }, (before) => {
			if (before.includes(channelId)) return accept(before.filter((id) => id !== channelId));
			return before.length >= mostIgnored ? refuse('too-many-ignored', { max: mostIgnored }) : accept([...before, channelId]);
		});
		return changed.ok ? accept(changed.value.after.includes(channelId)) : changed;
	}

	/** A channel is gone. */
	public forgetLocks(guildId: string, channelId: string): Promise<void> {
		return this.#parts.locks.forgetChannels(guildId, [channelId]);
	}

	/** A channel is gone. `botId`: of its own accord. */
	public forgetIgnored(guildId: string, channelId: string, botId: string): Promise<void> {
		return this.#forgetIgnored(guildId, botId, (id) => id === channelId);
	}

	/** Channels that were deleted while the bot was away. */
	public async forgetMissing(present: ReadonlyMap<string, ReadonlySet<string>>, botId: string): Promise<void> {
		const guildIds = [...present.keys()];
		const isGone = (guildId: string) => (id: string) => present.get(guildId)?.has(id) !== true;
		for (const [guildId, locked] of await this.#parts.locks.channels(guildIds)) {
			const gone = [...locked].filter(isGone(guildId));
			if (gone.length > 0) await this.#parts.locks.forgetChannels(guildId, gone);
		}
		for (const [guildId, { channelIds }] of await this.#parts.ignores.readMany(guildIds))
			if (channelIds.some(isGone(guildId))) await this.#forgetIgnored(guildId, botId, isGone(guildId));
	}

	async #forgetIgnored(guildId: string, actorId: string, isGone: (channelId: string) => boolean): Promise<void> {
		if (!(await this.ignored(guildId)).some(isGone)) return;
		await this.#parts.ignores.change({ guildId, actorId, now: this.#parts.clock.now() }, (before) =>
			before.some(isGone) ? accept(before.filter((id) => !isGone(id))) : refuse('not-ignored')
		);
	}
}
