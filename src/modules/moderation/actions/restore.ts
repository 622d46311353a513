import { PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { discordCodeOf, isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { Action, Remark } from '../action.js';
import type { Detail, Details } from '../domain/case.js';
import { comesTo, confirmedOnly, type RestoreFault, type RestorePlan } from '../domain/restore.js';
import { changedRoles, idsIn } from '../domain/roles.js';
import type { Situation } from '../domain/situation.js';
import type { ModerationDiscord } from '../ports.js';

export interface RestoreParts {
	readonly discord: Pick<ModerationDiscord, 'setMember' | 'addRole' | 'setNickname'>;
	readonly look: (situation: Situation) => Promise<Outcome<RestorePlan>>;
}

/**
 * Gives somebody who came back the roles and the nickname that he had when he left, as far as who asks for it could give them himself.
 * Dangerous ones only when they stand in `details.confirmed`: one that became dangerous since the question is left out.
 *
 * What he had is kept afterwards, until he leaves again or its time is over: what could not be given can be given later, and who has
 * everything is told so. Two at once, or one after the other, give once.
 */
export function restoreAction({ discord, look }: RestoreParts): Action {
	return {
		type: 'restore',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ManageRoles,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.restore',
		async check(situation, { details }) {
			const looked = await look(situation);
			if (!looked.ok) return looked;
			const plan = confirmedOnly(looked.value, idsIn(details['confirmed']));
			return comesTo(plan) === 'something' ? accept(detailsOf(plan)) : refuse('restore-none', { user: situation.target?.username ?? '' });
		},
		isDone({ target }, { details: { given, nickname } }) {
			if (!target?.inServer) return false;
			return idsIn(given).every((id) => target.roleIds.includes(id)) && (typeof nickname !== 'string' || target.nickname === nickname);
		},
		async allowed(situation, { details }) {
			const barred = await barredNow(look, situation, details);
			return idsIn(details['given']).some((id) => !barred.has(id)) || typeof details['nickname'] === 'string' ? 'some' : 'none';
		},
		async do(situation, { details: ordered }, reason) {
			const { guildId, target } = situation;
			if (!target?.inServer) return undefined;
			const barred = await barredNow(look, situation, ordered);
			const details = barred.size === 0 ? ordered : { ...ordered, ...without(ordered, barred) };
			const wanted = wantedOf(details, target);
			const outcome = barred.size === 0 ? undefined : without(ordered, barred);
			if (wanted.more.length === 0 && wanted.nickname === null) return outcome;
			try {
				await discord.setMember(guildId, target.id, { roleIds: changedRoles(target.roleIds, wanted), nickname: wanted.nickname }, reason);
				return outcome;
			} catch (error) {
				// One of them is to blame: which one, Discord says only when each is asked for alone.
				if (!isDiscordRefusal(error) || discordCodeOf(error) === RESTJSONErrorCodes.UnknownMember) throw error;
				return oneByOne(discord, { guildId, userId: target.id, reason }, wanted, details);
			}
		},
		remarks: remarksOf
	};
}

interface Wanted {
	readonly more: readonly string[];
	readonly nickname: string | null;
}

function wantedOf({ given, nickname }: Details, target: NonNullable<Situation['target']>): Wanted {
	return {
		more: idsIn(given).filter((id) => !target.roleIds.includes(id)),
		nickname: typeof nickname === 'string' && nickname !== target.nickname ? nickname : null
	};
}

/** Answers what Discord took. @throws its first refusal, when it took nothing at all */
async function oneByOne(
	discord: RestoreParts['discord'],
	{ guildId, userId, reason }: { readonly guildId: string; readonly userId: string; readonly reason: string },
	{ more, nickname }: Wanted,
	details: Details
): Promise<Details> {
	const refused = new Map<string, RestoreFault>();
	const errors: unknown[] = [];
	const attempt = async (work: Promise<void>, onRefusal: (error: unknown) => void) => {
		try {
			await work;
		} catch (error) {
			if (!isDiscordRefusal(error)) throw error;
			errors.push(error);
			onRefusal(error);
		}
	};
	for (const id of more) {
		await attempt(discord.addRole(guildId, userId, id, reason), (error) =>
			refused.set(id, discordCodeOf(error) === RESTJSONErrorCodes.UnknownRole ? 'gone' : 'refused')
		);
	}
	let named: Details = {};
	if (nickname !== null) {
		await attempt(discord.setNickname(guildId, userId, nickname, reason), () => {
			named = { nickname: null, nicknameFault: 'nick-refused' };
		});
	}
	if (errors.length === more.length + (nickname === null ? 0 : 1)) throw errors[0];
	return { ...named, ...without(details, refused) };
}

/** Why what was to be given is not given any more: ranks and roles may have changed since it was asked for. */
async function barredNow(look: RestoreParts['look'], situation: Situation, details: Details): Promise<ReadonlyMap<string, RestoreFault>> {
	const { target } = situation;
	const missing = idsIn(details['given']).filter((id) => !target?.roleIds.includes(id));
	if (missing.length === 0) return new Map();
	const looked = await look(situation);
	if (!looked.ok) return new Map(missing.map((id) => [id, 'refused']));
	const { given, left } = confirmedOnly(looked.value, idsIn(details['confirmed']));
	const why = new Map(left.map((one) => [one.id, one.why]));
	return new Map(missing.filter((id) => !given.includes(id)).map((id) => [id, why.get(id) ?? 'refused']));
}

/** The same without some of the roles, with the reasons. */
function without(details: Details, barred: ReadonlyMap<string, RestoreFault>): Details {
	const left = Array.isArray(details['left']) ? details['left'] : [];
	return { given: idsIn(details['given']).filter((id) => !barred.has(id)), left: [...left, ...barred] };
}

function detailsOf({ given, left, nickname, nicknameFault, leftAt }: RestorePlan): Details {
	return { given, left: left.map(({ id, why }) => [id, why]), nickname, nicknameFault, leftAt };
}

/** What was given, and for each reason what was not. */
export function remarksOf({ given, left, nickname, nicknameFault, leftAt }: Details): readonly Remark[] {
	const byFault = Map.groupBy(leftIn(left), ([, why]) => why);
	return [
		...(typeof leftAt === 'number' ? [{ code: 'left-at', at: leftAt }] : []),
		...(idsIn(given).length === 0 ? [] : [{ code: 'given', roleIds: idsIn(given) }]),
		...(typeof nickname === 'string' ? [{ code: 'nickname', text: nickname }] : []),
		...[...byFault].map(([why, some]) => ({ code: `left-${why}`, roleIds: some.map(([id]) => id) })),
		...(typeof nicknameFault === 'string' ? [{ code: `left-${nicknameFault}` }] : [])
	];
}

function leftIn(left: Detail | undefined): readonly (readonly [id: string, why: string])[] {
	if (!Array.isArray(left)) return [];
	return left.flatMap((pair) => {
		const [id, why] = idsIn(pair);
		return id === undefined || why === undefined ? [] : [[id, why] as const];
	});
}

/** The same for who only looks. */
export function planRemarks(plan: RestorePlan): readonly Remark[] {
	return remarksOf(detailsOf(plan));
}
