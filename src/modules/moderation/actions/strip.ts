import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import type { Details } from '../domain/case.js';
import { changedRoles, idsIn, judgeGiving, strippable } from '../domain/roles.js';
import type { Situation } from '../domain/situation.js';
import type { ModerationDiscord, RoleReader } from '../ports.js';
import type { JailRepository } from '../repository/jail.js';

export interface StripParts {
	readonly discord: Pick<ModerationDiscord, 'setRoles'>;
	readonly roles: RoleReader;
	readonly jailed: Pick<JailRepository, 'find'>;
}

/**
 * Takes every dangerous role from somebody, in one request: all or nothing. `details.taken` holds them, `details.kept` those that only
 * Discord itself takes.
 */
export function stripAction({ discord, roles }: StripParts): Action {
	return {
		type: 'strip',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ManageRoles,
		isHarmful: true,
		tells: 'after',
		isLogged: true,
		// Each took other roles: a later one does not take its place.
		closes: { types: [], as: 'superseded' },
		undo: 'unstrip',
		// By itself the bot gives nothing dangerous back.
		hasLength: false,
		command: 'moderation.strip',
		async check(situation) {
			const { guildId, target } = situation;
			if (target === null) return refuse('target-not-found');
			const { taken, kept } = strippable(target.roleIds, await roles(guildId), situation);
			if (taken.length > 0) return accept({ taken, kept });
			return refuse(kept.length > 0 ? 'only-managed-danger' : 'nothing-dangerous', { user: target.username });
		},
		isDone: ({ target }, { details }) => target?.inServer === true && !idsIn(details['taken']).some((id) => target.roleIds.includes(id)),
		async do({ guildId, target }, { details }, reason) {
			const less = idsIn(details['taken']).filter((id) => target?.roleIds.includes(id));
			if (target === null || less.length === 0) return;
			await discord.setRoles(guildId, target.id, changedRoles(target.roleIds, { less }), reason);
		},
		remarks: ({ taken, kept }) => [
			{ code: 'taken', roleIds: idsIn(taken) },
			...(idsIn(kept).length === 0 ? [] : [{ code: 'kept', roleIds: idsIn(kept) }])
		]
	};
}

/**
 * Gives back what a strip took: what is still there, below the bot, and what who takes it back could give himself. It may be dangerous,
 * as it was taken for that. Of its own accord the bot gives back nothing dangerous.
 */
export function unstripAction({ discord, roles, jailed }: StripParts): Action {
	/** Of what was to be given: a rank may have changed since. */
	const stillGiven = async (situation: Situation, details: Details) => {
		const missing = idsIn(details['given']).filter((id) => !situation.target?.roleIds.includes(id));
		return judgeGiving(missing, await roles(situation.guildId), situation, { harmless: situation.actor === null });
	};
	return {
		type: 'unstrip',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ManageRoles,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: ['strip'], as: 'undone', parentOnly: true },
		undo: null,
		command: 'moderation.strip',
		async check(situation, { details }) {
			const { guildId, target, actor } = situation;
			if (target === null) return refuse('target-not-found');
			const user = target.username;
			if ((await jailed.find(guildId, target.id)) !== null) return refuse('jailed-first', { user });
			const missing = idsIn(details['taken']).filter((id) => !target.roleIds.includes(id));
			if (missing.length === 0) return refuse('has-roles-already', { user });
			const { given, left } = judgeGiving(missing, await roles(guildId), situation, { harmless: actor === null });
			if (given.length === 0) return refuse('nothing-to-give-back', { user });
			return accept({ given, left: left.map(({ id }) => id) });
		},
		isDone: ({ target }, { details }) => target?.inServer === true && idsIn(details['given']).every((id) => target.roleIds.includes(id)),
		async allowed(situation, { details }) {
			const { guildId, target } = situation;
			if (target === null || (await jailed.find(guildId, target.id)) !== null) return 'none';
			return (await stillGiven(situation, details)).given.length > 0 ? 'some' : 'none';
		},
		async do(situation, { details }, reason) {
			const { guildId, target } = situation;
			if (!target?.inServer) return;
			const { given: more, left } = await stillGiven(situation, details);
			if (more.length > 0) await discord.setRoles(guildId, target.id, changedRoles(target.roleIds, { more }), reason);
			if (left.length === 0) return;
			const late = left.map(({ id }) => id);
			return { given: idsIn(details['given']).filter((id) => !late.includes(id)), left: [...idsIn(details['left']), ...late] };
		},
		remarks: ({ given, left }) => [
			{ code: 'given', roleIds: idsIn(given) },
			...(idsIn(left).length === 0 ? [] : [{ code: 'left', roleIds: idsIn(left) }])
		]
	};
}
