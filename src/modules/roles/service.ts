import type { Clock } from '#lib/core/clock.js';
import type { Outcome } from '#lib/core/outcome.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { ItemResult, Job, JobItem, JobItemInput, Jobs } from '#lib/jobs/types.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import {
	auditReason,
	judgeSituation,
	type ModerationDiscord,
	type ModerationServices,
	type OrderRequest
} from '#modules/moderation/index.js';
import { type Crowd, type Giver, isOf, judgeChange, type RoleCode, type RoleFacts } from './domain.js';
import type { EndTemporary, Lost } from './ending.js';
import type { RoleReader, TemporaryRole } from './ports.js';
import type { TemporaryRepository, TemporaryRoles } from './repository.js';

export interface RolesParts {
	readonly roles: RoleReader;
	readonly moderation: Pick<ModerationServices, 'situations'> & {
		readonly moderation: Pick<ModerationServices['moderation'], 'alone'>;
		readonly cases: Pick<ModerationServices['cases'], 'open' | 'changeDuration'>;
		readonly deeds: Pick<ModerationDiscord, 'addRole' | 'removeRole'>;
		readonly jail: Pick<ModerationServices['jail'], 'isJailed' | 'forgetRoles'>;
	};
	readonly temporary: CachedSettings<{ readonly persons: TemporaryRoles }>;
	readonly repository: Pick<TemporaryRepository, 'caseOf' | 'ofMember'>;
	readonly endTemporary: EndTemporary;
	readonly hub: Pick<SettingsHub, 'writeAll'>;
	/** Timers may be due. */
	readonly wake: () => void;
	readonly jobs: Pick<Jobs, 'find' | 'items'>;
	readonly clock: Clock;
	/** Discord's permission to manage roles, as a bit. */
	readonly manageRoles: bigint;
	/** Why somebody gets his role back, in the language of the server. */
	readonly backReason: (guildId: string) => string;
}

/** A change for many, as its job keeps it. */
export interface MassChange {
	readonly roleId: string;
	readonly change: 'add' | 'remove';
}

/** How long a change for many can be taken back by its button. */
export const undoMassMs = 600_000;

/** Roles of many, and roles for a time. Single changes are actions of moderation. */
export class RolesService {
	readonly #parts: RolesParts;

	public constructor(parts: RolesParts) {
		this.#parts = parts;
	}

	/** Whether this person may give or take this role, to or from many. */
	public async mayChange(
		guildId: string,
		actorId: string,
		{ roleId, change }: MassChange
	): Promise<Outcome<RoleFacts, RoleCode | 'server-away'>> {
		const role = (await this.#parts.roles.all(guildId)).get(roleId);
		const situation = await this.#parts.moderation.situations.read({ guildId, actorId, targetId: null });
		if (situation === null || role === undefined) return refuse(role === undefined ? 'role-gone' : 'server-away');
		const { ownerId, actor, bot } = situation;
		const judged = judgeChange(role, change, { guildId, ownerId, bot, giver: actor, isAutomatic: true });
		return judged.ok ? accept(role) : judged;
	}

	/** Everybody of a crowd for whom there is something to do. */
	public async crowd(guildId: string, crowd: Crowd, { roleId, change }: MassChange): Promise<readonly JobItemInput[]> {
		const items: JobItemInput[] = [];
		for await (const member of this.#parts.roles.members(guildId)) {
			if (isOf(crowd, member) && member.roleIds.includes(roleId) === (change === 'remove')) items.push({ key: member.id });
		}
		return items;
	}

	/** One member of a mass change. Rank and role are asked again for each, as for the command that does it to one. */
	public async runOne({ key }: JobItem, job: Job): Promise<ItemResult> {
		const { moderation, roles, manageRoles } = this.#parts;
		const { roleId, change } = readMass(job.payload);
		const { guildId, actorId } = job;
		const situation = await moderation.situations.read({ guildId, actorId, targetId: key });
		if (situation === null || situation.actor === null) return { key, state: 'failed', why: 'server-away' };
		const { ownerId, actor, bot, target } = situation;
		if (!target?.inServer) return { key, state: 'skipped' };
		const taken = { guildId, userId: key, roleIds: [roleId], actorId, by: 'rolemass' };
		if (target.roleIds.includes(roleId) === (change === 'add')) {
			// Taken by an earlier try, whose process died before it wrote that down.
			if (change === 'remove') await this.onTaken(taken);
			return { key, state: 'skipped' };
		}
		const aimed = {
			aim: 'member',
			botPermission: manageRoles,
			isTimeout: false,
			maySelf: true,
			protectedRoleIds: new Set<string>()
		} as const;
		// The bot may have the role too: for many, nobody is left out but those above.
		const person = judgeSituation(situation, target.id === bot.id ? { ...aimed, aim: 'none' } : aimed);
		if (!person.ok) return { key, state: 'failed', why: person.code };
		const judged = judgeChange((await roles.all(guildId)).get(roleId), change, { guildId, ownerId, bot, giver: actor, isAutomatic: true });
		if (!judged.ok) return { key, state: 'failed', why: judged.code };
		const reason = auditReason(null, actor.username);
		if (change === 'add') await moderation.deeds.addRole(guildId, key, roleId, reason);
		else {
			await moderation.deeds.removeRole(guildId, key, roleId, reason);
			await this.onTaken(taken);
		}
		return { key, state: 'done' };
	}

	/** The case of a change for many that has ended. */
	public caseOf(job: Job): OrderRequest {
		const { roleId, change } = readMass(job.payload);
		const details = { count: job.done, roleId, change };
		return { key: `job-${job.id}`, type: 'rolemass', guildId: job.guildId, actorId: job.actorId, details };
	}

	/** What takes a mass change back: the other way round, for those it was done to. */
	public async undoing(
		jobId: number,
		guildId: string,
		actorId: string
	): Promise<
		Outcome<
			{ readonly role: RoleFacts; readonly mass: MassChange; readonly items: readonly JobItemInput[] },
			RoleCode | 'server-away' | 'undo-gone' | 'undo-too-late'
		>
	> {
		const { jobs, clock } = this.#parts;
		const job = await jobs.find(jobId);
		if (job === null || job.guildId !== guildId || job.endedAt === null || !isMass(job.payload)) return refuse('undo-gone');
		if (clock.now() - job.endedAt > undoMassMs) return refuse('undo-too-late');
		const { roleId, change } = readMass(job.payload);
		const mass = { roleId, change: change === 'add' ? 'remove' : 'add' } as const;
		const may = await this.mayChange(guildId, actorId, mass);
		if (!may.ok) return may;
		const items = (await jobs.items(jobId, 'done')).map(({ key }) => ({ key }));
		return items.length === 0 ? refuse('undo-gone') : accept({ role: may.value, mass, items });
	}

	/**
	 * Lets a role that somebody has for a time end `durationMs` from now: its case gets another length. Null: he does not have it for
	 * a time. Whether `actorId` may give the role is asked before.
	 */
	public async prolong(role: TemporaryRole, actorId: string, durationMs: number) {
		const { clock, moderation, repository } = this.#parts;
		const { guildId } = role;
		const number = await repository.caseOf(role);
		const found = number === null ? null : await moderation.cases.open(guildId, number);
		if (!found?.ok) return null;
		const { at } = found.value.case;
		const length = clock.now() - at + durationMs;
		const moved = await moderation.cases.changeDuration({ guildId, actorId, number: found.value.case.number, durationMs: length });
		return moved.ok ? accept({ number: found.value.case.number, ...moved.value }) : moved;
	}

	/** Whether somebody of this server may have a role for a time: where it is known that nobody has, a join costs nothing. */
	public mayHaveTemporary(guildId: string): boolean {
		return this.#parts.temporary.peek(guildId)?.settings.persons.size !== 0;
	}

	/**
	 * Somebody lost roles, in Discord itself or with many others: those that he had for a time do not come back, neither when he joins
	 * again nor with the end of the jail, and their time is over. Costs nothing where he had none.
	 */
	public async onTaken({ guildId, userId, roleIds, ...how }: Lost): Promise<void> {
		const { temporary, hub, endTemporary, moderation, wake } = this.#parts;
		const had = (await temporary.get(guildId)).settings.persons.get(userId) ?? [];
		const lost = roleIds.filter((id) => had.includes(id));
		if (lost.length === 0) return;
		await hub.writeAll(async (tx, announce) => {
			await moderation.jail.forgetRoles(tx, { guildId, userId }, lost);
			await endTemporary(tx, { guildId, userId, roleIds: lost, ...how }, announce);
		});
		wake();
	}

	/** Gives somebody who joins again the roles that he has for a time. By itself the bot gives nothing dangerous. */
	public async onJoin(guildId: string, userId: string): Promise<void> {
		const { temporary, moderation } = this.#parts;
		if (!(await temporary.get(guildId)).settings.persons.has(userId)) return;
		// What ends at this moment is not given anew when it has ended.
		await moderation.moderation.alone({ guildId, targetId: userId, channelId: null }, () => this.#giveBack(guildId, userId));
	}

	async #giveBack(guildId: string, userId: string): Promise<void> {
		const { moderation, roles, backReason } = this.#parts;
		const roleIds = await this.#running(guildId, userId);
		// What he had lies with the jail: it comes back when he is let out.
		if (roleIds.length === 0 || (await moderation.jail.isJailed(guildId, userId))) return;
		const situation = await moderation.situations.read({ guildId, actorId: null, targetId: null });
		if (situation === null) return;
		const { ownerId, bot } = situation;
		const there = await roles.all(guildId);
		const nobody: Giver | null = null;
		for (const roleId of roleIds) {
			const judged = judgeChange(there.get(roleId), 'add', { guildId, ownerId, bot, giver: nobody, isAutomatic: true });
			if (judged.ok) await moderation.deeds.addRole(guildId, userId, roleId, backReason(guildId));
		}
	}

	/** The roles of somebody whose time is not over: its timer may be late, or have been given up. */
	async #running(guildId: string, userId: string): Promise<readonly string[]> {
		const { clock, moderation, repository } = this.#parts;
		const roleIds: string[] = [];
		for (const { roleId, caseNumber } of await repository.ofMember({ guildId, userId })) {
			const found = await moderation.cases.open(guildId, caseNumber);
			const endsAt = found.ok ? found.value.case.expiresAt : null;
			if (endsAt !== null && endsAt > clock.now()) roleIds.push(roleId);
		}
		return roleIds;
	}
}

function isMass(payload: unknown): payload is MassChange {
	if (typeof payload !== 'object' || payload === null || !('roleId' in payload) || !('change' in payload)) return false;
	return typeof payload.roleId === 'string' && (payload.change === 'add' || payload.change === 'remove');
}

function readMass(payload: unknown): MassChange {
	if (!isMass(payload)) throw new TypeError('This is no change of roles for many');
	return payload;
}
