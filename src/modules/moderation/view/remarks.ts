import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Action, Remark } from '../action.js';
import type { Details } from '../domain/case.js';

/** Discord: an embed holds 4,096 characters; a role that is mentioned takes some 25 of them. */
const mostRoles = 40;

/** What has to be said of a case besides, a line each. */
export function remarkLines(action: Pick<Action, 'module' | 'type' | 'remarks'> | null, details: Details, t: Translate): readonly string[] {
	return action === null ? [] : linesOf(action, action.remarks?.(details) ?? [], t);
}

/** The same for what was only looked at. */
export function linesOf({ module, type }: Pick<Action, 'module' | 'type'>, remarks: readonly Remark[], t: Translate): readonly string[] {
	return remarks.map((remark) => t(`${module}:actions.${type}.${remark.code}` as MessageKey, valuesOf(remark)));
}

function valuesOf({ roleIds = [], channelId, count, text = '', at }: Remark) {
	return {
		roles: markup(rolesText(roleIds)),
		channel: markup(channelId === undefined ? '' : `<#${channelId}>`),
		count: count ?? roleIds.length,
		text,
		when: markup(at === undefined ? '' : relativeTime(at))
	};
}

/** Roles as Discord shows them, without calling anybody. */
export function rolesText(roleIds: readonly string[]): string {
	const shown = roleIds.slice(0, mostRoles).map((id) => `<@&${id}>`);
	return roleIds.length > shown.length ? `${shown.join(' ')} … (${roleIds.length})` : shown.join(' ');
}
