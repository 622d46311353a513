import type { Database } from '#lib/data/database.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import type { JailThings } from '../domain/jailThings.js';
import { configSlot } from './config.js';
import { idOrNull, text } from './rows.js';
import { timerKinds } from './timerKinds.js';

export interface JailSetupRow {
	/** The log channel that was made with the jail. */
	readonly logChannelId: string | null;
	/** What is being taken away; null when nothing is. */
	readonly leaving: JailThings | null;
}

export interface JailSetupRepository {
	find(guildId: string): Promise<JailSetupRow>;
	/** Since when things are made: now, or since a run began that was cut short. */
	begin(guildId: string, now: number): Promise<number>;
	noteLogChannel(guildId: string, channelId: string): Promise<void>;
	/** Everything is made. */
	end(guildId: string): Promise<void>;
	/**
	 * Takes the jail out of the settings. What has to be deleted in Discord lies here until `forget`; a timer sees to it at `finishAt`
	 * when this process does not. Null when there is no jail.
	 */
	dismiss(by: { readonly guildId: string; readonly actorId: string; readonly now: number }, finishAt: number): Promise<JailThings | null>;
	/** All of it is deleted. */
	forget(guildId: string): Promise<void>;
}

export function jailSetupRepository(
	{ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>,
	hub: Pick<SettingsHub, 'writeAll'>,
	timers: Pick<Timers, 'schedule' | 'cancel'>
): JailSetupRepository {
	const nothing = { oldRoleId: null, oldChannelId: null, oldCategoryId: null, oldLogChannelId: null };
	return {
		async find(guildId) {
			const row = await prisma.jailSetup.findUnique({ where: { guildId: BigInt(guildId) } });
			if (row === null) return { logChannelId: null, leaving: null };
			const leaving = {
				roleId: text(row.oldRoleId),
				channelId: text(row.oldChannelId),
				categoryId: text(row.oldCategoryId),
				logChannelId: text(row.oldLogChannelId)
			};
			const isLeaving = Object.values(leaving).some((id) => id !== null);
			return { logChannelId: text(row.logChannelId), leaving: isLeaving ? leaving : null };
		},
		begin: (guildId, now) =>
			transaction(async (tx) => {
				await lockGuild(tx, guildId, now);
				const [row] = await tx.$queryRaw<{ begunAt: Date }[]>`/* moderation: begin jail */
					INSERT INTO jail_setup AS setup (guild_id, begun_at) VALUES (${BigInt(guildId)}, ${new Date(now)})
					ON CONFLICT (guild_id) DO UPDATE SET begun_at = coalesce(setup.begun_at, excluded.begun_at) RETURNING begun_at AS "begunAt"`;
				if (!row) throw new Error('The making of a jail was not noted');
				return row.begunAt.getTime();
			}),
		async noteLogChannel(guildId, channelId) {
			await prisma.jailSetup.updateMany({ where: { guildId: BigInt(guildId) }, data: { logChannelId: BigInt(channelId) } });
		},
		async end(guildId) {
			await prisma.jailSetup.updateMany({ where: { guildId: BigInt(guildId) }, data: { begunAt: null } });
		},
		dismiss: ({ guildId, actorId, now }, finishAt) =>
			hub.writeAll(async (tx, change) => {
				const id = BigInt(guildId);
				await lockGuild(tx, guildId, now);
				const [config, setup] = await Promise.all([
					tx.moderationConfig.findUnique({ where: { guildId: id } }),
					tx.jailSetup.findUnique({ where: { guildId: id } })
				]);
				const before = {
					jailRoleId: text(config?.jailRoleId ?? null),
					jailChannelId: text(config?.jailChannelId ?? null),
					jailCategoryId: text(config?.jailCategoryId ?? null)
				};
				const ownLog = text(setup?.logChannelId ?? null);
				if (Object.values(before).every((value) => value === null) && ownLog === null) return null;
				const logs = ownLog !== null && text(config?.logChannelId ?? null) === ownLog ? { logChannelId: ownLog } : {};
				const away = { jailRoleId: null, jailChannelId: null, jailCategoryId: null, ...('logChannelId' in logs && { logChannelId: null }) };
				await tx.moderationConfig.updateMany({ where: { guildId: id }, data: away });
				const leaving = {
					roleId: before.jailRoleId,
					channelId: before.jailChannelId,
					categoryId: before.jailCategoryId,
					logChannelId: ownLog
				};
				const old = {
					oldRoleId: idOrNull(leaving.roleId),
					oldChannelId: idOrNull(leaving.channelId),
					oldCategoryId: idOrNull(leaving.categoryId),
					oldLogChannelId: idOrNull(ownLog)
				};
				const data = { begunAt: null, logChannelId: null, ...old };
				await tx.jailSetup.upsert({ where: { guildId: id }, create: { guildId: id, ...data }, update: data });
				await timers.schedule(tx, { kind: timerKinds.dismantle, key: guildId, guildId, dueAt: finishAt });
				await change(configSlot, guildId, { guildId, actorId, before: { ...before, ...logs }, after: away });
				return leaving;
			}),
		forget: (guildId) =>
			transaction(async (tx) => {
				await tx.jailSetup.updateMany({ where: { guildId: BigInt(guildId) }, data: nothing });
				await timers.cancel(tx, timerKinds.dismantle, guildId);
			})
	};
}
