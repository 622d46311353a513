import { PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import {
	type Action,
	type Details,
	endOf,
	type ModerationDiscord,
	type ModerationServices,
	type Order,
	type Remark,
	type Situation
} from '#modules/moderation/index.js';
import { judgeChange, type RoleCode } from './domain.js';
import type { EndTemporary } from './ending.js';
import type { RoleReader } from './ports.js';
import { keepTemporary, temporarySlot } from './repository.js';

export interface RoleActionParts {
	readonly discord: Pick<ModerationDiscord, 'addRole' | 'removeRole'>;
	readonly roles: Pick<RoleReader, 'all'>;
	/** Who is in jail would get back what he had before, also what has ended since. */
	readonly jail: Pick<ModerationServices['jail'], 'forgetRoles'>;
	readonly endTemporary: EndTemporary;
}

const common = {
	module: 'roles',
	aim: 'member',
	maySelf: true,
	botPermission: PermissionFlagsBits.ManageRoles,
	isHarmful: false,
	tells: 'never',
	isLogged: true,
	closes: { types: [], as: 'superseded' }
} as const;

/** Gives and takes roles: `details.add` and `details.remove` hold their ids. With a duration it is taken back by itself. */
export function roleAction({ discord, roles, endTemporary }: RoleActionParts): Action {
	return {
		...common,
		type: 'role',
		undo: 'roleback',
		command: 'roles.role',
		async check(situation, { details }) {
			const { add, remove } = changesOf(details);
			const has = new Set(situation.target?.roleIds);
			const wanted = { add: add.filter((id) => !has.has(id)), remove: remove.filter((id) => has.has(id)) };
			const judged = await judgeAll(situation, roles, { add, remove });
			if (!judged.ok) return judged;
			// Of roles to give and to take at once, only what changes comes here.
			if (add.length + remove.length === 0) return refuse('as-wished', { user: situation.target?.username ?? '' });
			if (wanted.add.length + wanted.remove.length === 0) {
				return refuse(add.length > 0 ? 'already-has' : 'does-not-have', { user: situation.target?.username ?? '' });
			}
			return accept(wanted);
		},
		isDone: (situation, { details }) => isSo(situation, changesOf(details)),
		allowed: async (situation, { details }) => amountOf(await sift(situation, roles, changesOf(details))),
		async do(situation, order, reason) {
			const { may, barred } = await sift(situation, roles, changesOf(order.details));
			await change(discord, situation, may, reason);
			return barred === 0 ? undefined : { ...may };
		},
		async record(tx, order, number, announce) {
			const { guildId, targetId, actorId, details } = order;
			if (targetId === null) return;
			const { add, remove } = changesOf(details);
			const person = { guildId, userId: targetId };
			await endTemporary(tx, { ...person, roleIds: [...add, ...remove], actorId, by: 'role' }, announce);
			if (endOf(order) === null) return;
			await keepTemporary(tx, person, add, number);
			await announce(temporarySlot, guildId, { guildId: null });
		},
		remarks: (details) => remarksOf(changesOf(details))
	};
}

/** The way back: what was given is taken, what was taken is given. Roles that are gone by now are left out. */
export function roleBackAction({ discord, roles, jail, endTemporary }: RoleActionParts): Action {
	const reversed = async (order: Order): Promise<Changes> => {
		const { add, remove } = changesOf(order.details);
		const there = await roles.all(order.guildId);
		return { add: remove.filter((id) => there.has(id)), remove: add.filter((id) => there.has(id)) };
	};
	return {
		...common,
		type: 'roleback',
		undo: null,
		closes: { types: ['role'], as: 'undone', parentOnly: true },
		command: 'roles.role',
		async check(situation, order) {
			const judged = await judgeAll(situation, roles, await reversed(order));
			return judged.ok ? accept({}) : judged;
		},
		isDone: async (situation, order) => isSo(situation, await reversed(order)),
		allowed: async (situation, order) => amountOf(await sift(situation, roles, await reversed(order))),
		async do(situation, order, reason) {
			await change(discord, situation, (await sift(situation, roles, await reversed(order))).may, reason);
		},
		async record(tx, { guildId, targetId: userId, actorId, details }, _number, announce) {
			if (userId === null) return;
			const { add } = changesOf(details);
			if (add.length > 0) await jail.forgetRoles(tx, { guildId, userId }, add);
			await endTemporary(tx, { guildId, userId, roleIds: add, actorId, by: 'roleback' }, announce);
		},
		remarks(details) {
			const { add, remove } = changesOf(details);
			return remarksOf({ add: remove, remove: add });
		}
	};
}

/** The case of a change for many; the work itself is a job. */
export const roleMassAction: Action = {
	...common,
	type: 'rolemass',
	aim: 'none',
	undo: null,
	command: 'roles.role-all-add',
	isDone: () => true,
	do: async () => undefined
};

interface Changes {
	readonly add: readonly string[];
	readonly remove: readonly string[];
}

function changesOf(details: Details): Changes {
	const list = (value: Details[string] | undefined) => (Array.isArray(value) ? value.map(String) : []);
	return { add: list(details['add']), remove: list(details['remove']) };
}

function remarksOf({ add, remove }: Changes): readonly Remark[] {
	const said = [
		{ code: 'added', roleIds: add },
		{ code: 'removed', roleIds: remove }
	];
	return said.filter(({ roleIds }) => roleIds.length > 0);
}

/** Without somebody who acts the bot gives by itself: then nothing that is dangerous. */
const questionOf = ({ guildId, ownerId, actor, bot }: Situation) => ({ guildId, ownerId, bot, giver: actor, isAutomatic: actor === null });

/** What of the changes may be done now; what is so already is not asked about. */
async function sift(
	situation: Situation,
	roles: Pick<RoleReader, 'all'>,
	{ add, remove }: Changes
): Promise<{ readonly may: Changes; readonly barred: number }> {
	const there = await roles.all(situation.guildId);
	const has = new Set(situation.target?.roleIds);
	const question = questionOf(situation);
	const may = {
		add: add.filter((id) => has.has(id) || judgeChange(there.get(id), 'add', question).ok),
		remove: remove.filter((id) => !has.has(id) || judgeChange(there.get(id), 'remove', question).ok)
	};
	return { may, barred: add.length + remove.length - may.add.length - may.remove.length };
}

function amountOf({ may, barred }: { readonly may: Changes; readonly barred: number }): 'all' | 'some' | 'none' {
	if (barred === 0) return 'all';
	return may.add.length + may.remove.length > 0 ? 'some' : 'none';
}

async function judgeAll(situation: Situation, roles: Pick<RoleReader, 'all'>, { add, remove }: Changes): Promise<Outcome<null, RoleCode>> {
	const there = await roles.all(situation.guildId);
	const question = questionOf(situation);
	for (const [ids, kind] of [[add, 'add'] as const, [remove, 'remove'] as const]) {
		for (const id of ids) {
			const judged = judgeChange(there.get(id), kind, question);
			if (!judged.ok) return judged;
		}
	}
	return accept(null);
}

function isSo({ target }: Situation, { add, remove }: Changes): boolean {
	if (!target?.inServer) return false;
	const has = new Set(target.roleIds);
	return add.every((id) => has.has(id)) && remove.every((id) => !has.has(id));
}

async function change(
	discord: RoleActionParts['discord'],
	{ guildId, target }: Situation,
	{ add, remove }: Changes,
	reason: string
): Promise<void> {
	if (!target?.inServer) return;
	const gone = [RESTJSONErrorCodes.UnknownRole];
	const has = new Set(target.roleIds);
	for (const id of add) if (!has.has(id)) await onDiscordCode(discord.addRole(guildId, target.id, id, reason), gone, undefined);
	for (const id of remove) if (has.has(id)) await onDiscordCode(discord.removeRole(guildId, target.id, id, reason), gone, undefined);
}
