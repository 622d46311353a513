import type { Outcome, SentenceValues } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import type { Details } from './domain/case.js';
import type { Order } from './domain/order.js';
import type { Judgement, Situation } from './domain/situation.js';

/**
 * One thing that moderation does: used by commands, menus, buttons, automatic rules and timers alike, always through
 * `Moderation.perform`, which asks rank and permission first and writes the case afterwards.
 *
 * Its sentences lie in `<module>:actions.<type>`: `name`, `done`, and `dm` when the target is told.
 */
export interface Action {
	/** Also the type of its cases. */
	readonly type: string;
	/** The module whose language file speaks for it, refusals included. */
	readonly module: string;
	/** `member` must be in the server, `user` need not be. */
	readonly aim: Judgement['aim'];
	/** What the bot must hold, as a bit field of Discord. */
	readonly botPermission: bigint;
	/** Discord takes no time-out for administrators. */
	readonly isTimeout?: boolean;
	/** Somebody may do it to himself, whatever his rank. */
	readonly maySelf?: boolean;
	/** It asks in which voice channel somebody is. */
	readonly asksVoice?: boolean;
	/** It takes something from somebody: holders of protected roles are spared, and a reason may be asked for. */
	readonly isHarmful: boolean;
	/** False: its command has no place for a reason, so none is asked for. */
	readonly takesReason?: boolean;
	/** When the target is told, if the server wants that: before what makes it impossible. */
	readonly tells: 'before' | 'after' | 'never';
	/** Whether its case is shown in the log channel. */
	readonly isLogged: boolean;
	/**
	 * Cases of the same person or channel that end with this one; `inChannel`: of the same person in the same channel, `parentOnly`: none
	 * but the one that it follows from, `ofEverybody`: those of everybody in the server.
	 */
	readonly closes: {
		readonly types: readonly string[];
		readonly as: 'superseded' | 'undone';
		readonly inChannel?: boolean;
		readonly parentOnly?: boolean;
		readonly ofEverybody?: boolean;
	};
	/** The type of the action that takes it back: by the button, and when its time is over. */
	readonly undo: string | null;
	/** False: it is taken back by hand alone, so that its cases have no length. */
	readonly hasLength?: boolean;
	/** The id of the command whose guards are asked when it is carried out by a button. */
	readonly command: string;

	/** Whether it can be done now; answers what has to be remembered, besides what the order says. Rank was asked before. */
	check?(situation: Situation, order: Order): Outcome<Details> | Promise<Outcome<Details>>;
	/** Whether Discord is already as it shall be: asked after a crash in the middle, so that nothing is done twice. */
	isDone(situation: Situation, order: Order): boolean | Promise<boolean>;
	/** Whether it was begun and not brought to its end: then it is gone on with, whatever has changed since. For actions of two steps. */
	isBegun?(situation: Situation, order: Order): boolean | Promise<boolean>;
	/**
	 * How much of it may be given and taken now, besides the ranks of people: timers ask, which carry out what was decided long before.
	 * Of `some`, `do` leaves the rest out.
	 */
	allowed?(situation: Situation, order: Order): Promise<'all' | 'some' | 'none'>;
	/** Does it in Discord. `reason` is for the audit log. Bears being done again. What it answers is kept with the case too. */
	do(situation: Situation, order: Order, reason: string): Promise<Details | void>;
	/** Writes what belongs to it, in the transaction of its case. `change` tells who keeps such things in memory, after the commit. */
	record?(tx: Transaction, order: Order, number: number, change: RecordChange): Promise<void>;
	/** The channel that its case is about, from what was kept with it, where that is another one than the order was given for. */
	caseChannel?(details: Details): string | null;
	/** What has to be said of a case besides, from what was kept with it: sentences of `<module>:actions.<type>.<code>`. */
	remarks?(details: Details): readonly Remark[];
	/** What its `done` sentence names besides, from what was kept with the case. */
	values?(details: Details): SentenceValues;
	/** Looks after an effect that Discord ends earlier than we do, or whose end was moved: what `duration` asks for. */
	extend?(situation: Situation, order: Order, endsAt: number, reason: string): Promise<void>;
}

/** Whether its cases can end by themselves. */
export function canEnd({ undo, hasLength = true }: Pick<Action, 'undo' | 'hasLength'>): boolean {
	return undo !== null && hasLength;
}

/** One more line about a case; its sentence may name what it is about. */
export interface Remark {
	readonly code: string;
	readonly roleIds?: readonly string[];
	readonly channelId?: string;
	readonly count?: number;
	/** What a person wrote. */
	readonly text?: string;
	/** Milliseconds since 1970. */
	readonly at?: number;
}

/** Another module's veto on an action: hard-banned people are not unbanned. */
export type Veto = (situation: Situation, order: Order) => Outcome<null> | Promise<Outcome<null>>;

/** Every action by its type. */
export class Actions {
	readonly #actions = new Map<string, Action>();
	readonly #vetoes = new Map<string, { readonly module: string; readonly veto: Veto }[]>();

	/** @throws when two actions have one type */
	public register(...actions: readonly Action[]): void {
		for (const action of actions) {
			if (this.#actions.has(action.type)) throw new Error(`Two actions have the type "${action.type}"`);
			this.#actions.set(action.type, action);
		}
	}

	public get(type: string): Action | null {
		return this.#actions.get(type) ?? null;
	}

	public all(): readonly Action[] {
		return [...this.#actions.values()];
	}

	/** Refusals of `veto` are sentences of `module`. */
	public addVeto(type: string, module: string, veto: Veto): void {
		this.#vetoes.set(type, [...this.vetoesOf(type), { module, veto }]);
	}

	public vetoesOf(type: string): readonly { readonly module: string; readonly veto: Veto }[] {
		return this.#vetoes.get(type) ?? [];
	}
}
