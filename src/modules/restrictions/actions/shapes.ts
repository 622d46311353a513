import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import { type Action, type Details, endOf, type Order, type Situation } from '#modules/moderation/index.js';
import { type KeptKind, mostOf, type RestrictionKind } from '../domain/restriction.js';
import type { RestrictionRepository } from '../repository/restrictions.js';

export type Rows = Pick<RestrictionRepository, 'find' | 'count' | 'impose' | 'lift' | 'liftAll' | 'moveEnd' | 'keepAt'>;

/** What differs from one kind to the next. */
export interface ImposeParts {
	readonly type: string;
	/** The type of the action that takes it back. */
	readonly undo: string;
	readonly kind: Exclude<RestrictionKind, 'private_allow'>;
	readonly command: string;
	readonly aim: 'member' | 'user';
	readonly botPermission: bigint;
	readonly tells: 'before' | 'after';
	/** False: its command has no place for a reason. */
	readonly takesReason?: boolean;
	/** It asks in which voice channel somebody is. */
	readonly asksVoice?: boolean;
	/** Cases that end with it besides its own. */
	readonly closes?: readonly string[];
	/** Somebody else could undo it in Discord: it is looked after soon, in case he did before we had written it. */
	readonly keeps?: KeptKind;
	/** Whether it may take the place of one that is there already, and what has to be remembered. */
	check?(situation: Situation, order: Order, isThere: boolean): Outcome<Details> | Promise<Outcome<Details>>;
	isDone?: Action['isDone'];
	do?: Action['do'];
	values?: NonNullable<Action['values']>;
}

/** A while after the writing: by then every process knows of it. Milliseconds. */
const keepAfterMs = 5_000;
/** Nothing happens in Discord. */
const onPaper = { isDone: () => true, do: async () => undefined } as const;

/** Lays a restriction on somebody: its row is written in the transaction of its case. */
export function imposing(parts: ImposeParts, rows: Rows): Action {
	const { type, undo, kind, command, aim, botPermission, tells, takesReason = true, asksVoice = false, closes = [], keeps } = parts;
	return {
		...onPaper,
		...(parts.isDone && { isDone: parts.isDone }),
		...(parts.do && { do: parts.do }),
		...(parts.values && { values: parts.values }),
		type,
		module: 'restrictions',
		aim,
		botPermission,
		isHarmful: true,
		takesReason,
		asksVoice,
		tells,
		isLogged: true,
		closes: { types: [type, ...closes], as: 'superseded' },
		undo,
		command,
		async check(situation, order) {
			const { guildId, target } = situation;
			if (target === null) return accept({});
			const isThere = (await rows.find({ guildId, userId: target.id }, kind)) !== null;
			if (isThere && parts.check === undefined) return refuse(`already-${type}`, { user: target.username });
			if (!isThere && (await rows.count(guildId, kind)) >= mostOf[kind]) return refuse('too-many', { most: mostOf[kind] });
			const checked = (await parts.check?.(situation, order, isThere)) ?? accept({});
			return checked.ok ? accept({ ...checked.value, userName: target.username }) : checked;
		},
		async record(tx, order, _number, change) {
			const { guildId, targetId, actorId, reason, at, details } = order;
			if (targetId === null) return;
			const who = { guildId, userId: targetId };
			const said = { value: textOf(details, 'value'), userName: textOf(details, 'userName') };
			await rows.impose(tx, { ...who, kind, ...said, actorId, reason, at, expiresAt: endOf(order) }, change);
			if (keeps !== undefined) await rows.keepAt(keeps, who, at + keepAfterMs, tx);
		},
		async extend({ guildId }, { targetId }, endsAt) {
			if (targetId !== null) await rows.moveEnd({ guildId, userId: targetId }, kind, endsAt);
		}
	};
}

export interface LiftParts extends Pick<ImposeParts, 'kind' | 'command'> {
	readonly type: string;
	/** Types of cases that it takes back. */
	readonly lifts: readonly string[];
	readonly botPermission?: bigint;
	isDone?: Action['isDone'];
	do?: Action['do'];
}

/** Takes a restriction away. For somebody who left, too. */
export function lifting(parts: LiftParts, rows: Rows): Action {
	const { type, kind, command, lifts, botPermission = 0n } = parts;
	return {
		...onPaper,
		...(parts.isDone && { isDone: parts.isDone }),
		...(parts.do && { do: parts.do }),
		type,
		module: 'restrictions',
		aim: 'user',
		botPermission,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: lifts, as: 'undone' },
		undo: null,
		command,
		async check({ guildId, target }) {
			const found = target && (await rows.find({ guildId, userId: target.id }, kind));
			return found === null ? refuse(`not-${lifts[0] ?? kind}`, { user: target?.username ?? '' }) : accept({});
		},
		async record(tx, { guildId, targetId }, _number, change) {
			if (targetId !== null) await rows.lift(tx, { guildId, userId: targetId }, kind, change);
		}
	};
}

/** Kinds that are taken from everybody at once. The cases of each have its name. */
export type ResetKind = Extract<RestrictionKind, 'hardban' | 'shutup' | 'uwulock'>;

/** Takes a restriction away from everybody at once. What it did in Discord stays. */
export function resetting(kind: ResetKind, rows: Rows): Action {
	return {
		...onPaper,
		type: `${kind}reset`,
		module: 'restrictions',
		aim: 'none',
		botPermission: 0n,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [kind], as: 'undone', ofEverybody: true },
		undo: null,
		command: `restrictions.${kind}reset`,
		async check({ guildId }) {
			const count = await rows.count(guildId, kind);
			return count === 0 ? refuse(`no-${kind}`) : accept({ count });
		},
		async record(tx: Transaction, { guildId }: Order, _number: number, change: RecordChange) {
			await rows.liftAll(tx, guildId, kind, change);
		}
	};
}

export function textOf(details: Details, name: string): string | null {
	const value = details[name];
	return typeof value === 'string' ? value : null;
}
