import { accept, refuse } from '#lib/core/outcome.js';
import type { Action, Remark } from '#modules/moderation/index.js';
import { type MassDeed, massDeeds, reverseOf } from '../domain/mass.js';
import { permission } from '../domain/permissions.js';

const counts = ['done', 'failed', 'skipped'] as const;

/** What is done in all channels, as the moderation knows it: judged before, and written down as one case afterwards. */
export function massActions(): readonly Action[] {
	return massDeeds.flatMap((deed) => (deed.on ? [massAction(deed)] : [massAction(deed), { ...massAction(deed), ...unfinished(deed) }]));
}

/** Taking back that was stopped half-way ends no case: part of it still lasts. */
export function unfinishedType({ type }: Pick<MassDeed, 'type'>): string {
	return `${type}-part`;
}

function unfinished(deed: MassDeed): Pick<Action, 'type' | 'closes'> {
	return { type: unfinishedType(deed), closes: { types: [], as: 'undone' } };
}

function massAction(deed: MassDeed): Action {
	const { kind, on, type, command } = deed;
	return {
		type,
		module: 'channelstate',
		aim: kind === 'files' ? (on ? 'member' : 'user') : 'none',
		botPermission: permission.ManageRoles,
		isHarmful: kind === 'files' && on,
		tells: 'never',
		isLogged: true,
		closes: { types: on ? [] : [reverseOf(deed).type], as: 'undone' },
		// By a button of its own, which starts mass work again.
		undo: null,
		command,
		check: ({ target }) => (on && target?.isAdministrator ? refuse('administrator', { user: target.username }) : accept({})),
		isDone: () => true,
		do: async () => undefined,
		remarks: (details) =>
			counts.flatMap((name): readonly Remark[] => {
				const count = details[name];
				return typeof count === 'number' && count > 0 ? [{ code: name, count }] : [];
			})
	};
}
