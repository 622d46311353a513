import type { ModerationConfig } from '#generated/prisma/client.js';
import type { Outcome } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import type { Json } from '#lib/data/keyValue.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { defaultSettings, type ExternalCases, type ModerationSettings } from '../settings.js';
import { idOrNull, text } from './rows.js';

export const configSlot = 'moderation.config';

export interface ConfigChange {
	readonly before: ModerationSettings;
	readonly after: ModerationSettings;
}

/** Looks at what is set and says what shall be set: only what it names is changed. */
export type DecideConfig<Code extends string> = (stored: ModerationSettings) => Outcome<Partial<ModerationSettings>, Code>;

export interface ConfigRepository {
	read(guildId: string): Promise<ModerationSettings | null>;
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, ModerationSettings>>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	change<Code extends string>(
		who: { readonly guildId: string; readonly actorId: string; readonly now: number },
		decide: DecideConfig<Code>
	): Promise<Outcome<ConfigChange, Code>>;
}

export function configRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): ConfigRepository {
	const readMany = async (guildIds: readonly string[]) => {
		const rows = await prisma.moderationConfig.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } });
		return new Map(rows.map((row) => [row.guildId.toString(), readRow(row)]));
	};
	return {
		readMany,
		read: async (guildId) => (await readMany([guildId])).get(guildId) ?? null,
		change({ guildId, actorId, now }, decide) {
			const id = BigInt(guildId);
			return hub.write(
				configSlot,
				guildId,
				(outcome) => (outcome.ok ? { guildId, actorId, ...recordOf(outcome.value) } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const row = await tx.moderationConfig.findUnique({ where: { guildId: id } });
					const before = row === null ? defaultSettings : readRow(row);
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = { ...before, ...decided.value };
					const data = toRow(after);
					await tx.moderationConfig.upsert({ where: { guildId: id }, create: { guildId: id, ...data }, update: data });
					return { ok: true, value: { before, after } };
				}
			);
		}
	};
}

function readRow(row: ModerationConfig): ModerationSettings {
	const { dmTexts } = row;
	return {
		logChannelId: text(row.logChannelId),
		jailRoleId: text(row.jailRoleId),
		jailChannelId: text(row.jailChannelId),
		jailCategoryId: text(row.jailCategoryId),
		requireReason: row.requireReason,
		confirmBan: row.confirmBan,
		dmActions: row.dmActions,
		dmTexts: typeof dmTexts === 'object' && dmTexts !== null && !Array.isArray(dmTexts) ? onlyTexts(dmTexts) : {},
		defaultMuteSeconds: row.defaultMuteSeconds,
		deleteMessageSeconds: row.deleteMessageSeconds,
		protectedRoleIds: row.protectedRoleIds.map(String),
		externalCases: externalOf(row.externalCases)
	};
}

function toRow(settings: ModerationSettings) {
	const { logChannelId, jailRoleId, jailChannelId, jailCategoryId, protectedRoleIds, dmActions, dmTexts, ...same } = settings;
	return {
		...same,
		logChannelId: idOrNull(logChannelId),
		jailRoleId: idOrNull(jailRoleId),
		jailChannelId: idOrNull(jailChannelId),
		jailCategoryId: idOrNull(jailCategoryId),
		protectedRoleIds: protectedRoleIds.map(BigInt),
		dmActions: [...dmActions],
		dmTexts: { ...dmTexts }
	};
}

/** Of all settings those that were changed. */
function recordOf({ before, after }: ConfigChange): { readonly before: Json; readonly after: Json } {
	const changed = (Object.keys(after) as (keyof ModerationSettings)[]).filter(
		(key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
	);
	const only = (settings: ModerationSettings): Json => Object.fromEntries(changed.map((key) => [key, settings[key]]));
	return { before: only(before), after: only(after) };
}

function onlyTexts(texts: object): Record<string, string> {
	return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function externalOf(stored: string): ExternalCases {
	return stored === 'none' || stored === 'no-roles' ? stored : 'all';
}
