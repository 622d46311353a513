import { PermissionFlagsBits } from 'discord.js';
import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import type { FakePermissionsService } from '#modules/fakepermissions/index.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { roleAction, roleBackAction, roleMassAction } from './actions.js';
import { roleReader } from './discord.js';
import { temporaryEnd } from './ending.js';
import { type TemporaryRoles, temporaryRepository, temporarySlot } from './repository.js';
import { RolesService } from './service.js';
import { undoMassRow } from './view.js';

export type { RolesService };

/** The kind of mass work with roles: one of them runs in a server at a time. */
export const massJob = 'roles.mass';

export interface RolesNeeds {
	readonly moderation: ModerationServices;
	readonly fakepermissions: Pick<FakePermissionsService, 'bitsOf'>;
}

/** Roles: for one, for many, for a time. */
export function rolesModule(
	{ client, clock, database, jobs, languages, privacy, settings, timers }: Infrastructure,
	{ moderation, fakepermissions }: RolesNeeds
): RolesService {
	const repository = temporaryRepository(database);
	const temporary = new CachedSettings<{ readonly persons: TemporaryRoles }>({
		defaults: { persons: new Map() },
		derive: nothingDerived,
		source: {
			async read(guildId) {
				const persons = await repository.read(guildId);
				return persons === null ? null : { persons };
			},
			async readMany(guildIds) {
				const stored = await repository.readMany(guildIds);
				return new Map([...stored].map(([guildId, persons]) => [guildId, { persons }]));
			}
		}
	});
	settings.register(temporarySlot, temporary);
	privacy.person({
		module: 'roles',
		table: 'temporary_role',
		describe: 'roles:privacy.temporary',
		export: (userId) => repository.ofPerson(userId),
		// It ends by itself, and is what the staff of the server decided.
		async erase(_tx, userId) {
			const kept = await repository.ofPerson(userId);
			return { erased: 0, ...(kept.length > 0 && { kept: { count: kept.length, reason: 'roles:privacy.kept' } }) };
		}
	});
	const roles = roleReader(client, (guildId, roleIds) => fakepermissions.bitsOf(guildId, roleIds));
	const endTemporary = temporaryEnd(moderation);
	const parts = { discord: moderation.deeds, roles, jail: moderation.jail, endTemporary };
	// They come back by themselves while their time runs, and must not come back for good.
	moderation.snapshots.leaveOut(async (guildId, userId) => (await temporary.get(guildId)).settings.persons.get(userId) ?? []);
	moderation.moderation.actions.register(roleAction(parts), roleBackAction(parts), roleMassAction);
	const service = new RolesService({
		roles,
		moderation,
		temporary,
		repository,
		endTemporary,
		hub: settings,
		wake: () => timers.wake(),
		jobs,
		clock,
		manageRoles: PermissionFlagsBits.ManageRoles,
		backReason(guildId) {
			const locale = chooseLocale({ guild: client.guilds.cache.get(guildId)?.preferredLocale ?? null }, languages.locales);
			return languages.translator(locale)('roles:back-reason');
		}
	});
	jobs.register({
		kind: massJob,
		module: 'roles',
		run: async ([item], job) => (item === undefined ? [] : [await service.runOne(item, job)]),
		async finish(tx, job) {
			if (job.done > 0) await moderation.record(tx, service.caseOf(job));
		},
		async finished() {
			timers.wake();
		},
		summaryComponents: (job, t) => (job.done > 0 ? [undoMassRow(job.id, t)] : [])
	});
	return service;
}
