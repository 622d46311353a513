import type { Outcome } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { nothingSet, type RestrictionConfig } from '../domain/restriction.js';
import { guildSlot } from './restrictions.js';
import { readConfig } from './rows.js';

export interface ConfigChange {
	readonly before: RestrictionConfig;
	readonly after: RestrictionConfig;
}

export interface ConfigWho {
	readonly guildId: string;
	readonly actorId: string;
	readonly now: number;
}

export interface ConfigRepository {
	/** Reads, decides and writes in one transaction; two at once come one after the other. `also` writes what belongs to it. */
	change<Code extends string>(
		who: ConfigWho,
		decide: (stored: RestrictionConfig) => Outcome<Partial<RestrictionConfig>, Code>,
		also?: (tx: Transaction) => Promise<void>
	): Promise<Outcome<ConfigChange, Code>>;
}

export function configRepository(hub: Pick<SettingsHub, 'write'>): ConfigRepository {
	return {
		change({ guildId, actorId, now }, decide, also) {
			const id = BigInt(guildId);
			return hub.write(
				guildSlot,
				guildId,
				(outcome) => (outcome.ok ? { guildId, actorId, ...recordOf(outcome.value) } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const row = await tx.restrictionConfig.findUnique({ where: { guildId: id } });
					const before = row === null ? nothingSet : readConfig(row);
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = { ...before, ...decided.value };
					const corner = after.detentionChannelId;
					const data = { ...after, detentionChannelId: corner === null ? null : BigInt(corner) };
					await tx.restrictionConfig.upsert({ where: { guildId: id }, create: { guildId: id, ...data }, update: data });
					await also?.(tx);
					return { ok: true, value: { before, after } };
				}
			);
		}
	};
}

/** Of all settings those that were changed. */
function recordOf({ before, after }: ConfigChange) {
	const changed = (Object.keys(after) as (keyof RestrictionConfig)[]).filter((key) => before[key] !== after[key]);
	const only = (config: RestrictionConfig) => Object.fromEntries(changed.map((key) => [key, config[key]]));
	return { before: only(before), after: only(after) };
}
