import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { parseDuration } from '#lib/time/duration.js';
import { defaultSettings, type ModerationSettings } from '../settings.js';

/** What `modconfig` sets. */
export const settingKeys = ['require-reason', 'confirm-ban', 'mute-length', 'delete-days', 'external', 'dm'] as const;
export type SettingKey = (typeof settingKeys)[number];

export type SettingRefusal = 'not-on-off' | 'not-mute-length' | 'not-days' | 'not-external' | 'dm-what' | 'dm-value' | 'dm-too-long';

/** Says what a setting shall be, given what is set. */
export type SettingChange = (stored: ModerationSettings) => Partial<ModerationSettings>;

const minuteMs = 60_000;
const longestMuteMs = 5 * 365 * 86_400_000;
const daySeconds = 86_400;
/** Discord: what somebody wrote in the last 7 days can be deleted with a ban. */
const mostDays = 7;
const longestText = 1_000;
const on: ReadonlySet<string> = new Set(['on', 'yes', 'true', 'enable', 'enabled']);
const off: ReadonlySet<string> = new Set(['off', 'no', 'false', 'disable', 'disabled']);

/** Reads what somebody typed for a setting. `told`: the types of actions whose target can be told. */
export function settingChange(key: SettingKey, typed: string, told: readonly string[]): Outcome<SettingChange, SettingRefusal> {
	switch (key) {
		case 'require-reason':
			return switched(typed, (requireReason) => ({ requireReason }));
		case 'confirm-ban':
			return switched(typed, (confirmBan) => ({ confirmBan }));
		case 'mute-length': {
			const length = parseDuration(typed);
			if (length === null || length < minuteMs || length > longestMuteMs) return refuse('not-mute-length');
			return accept(() => ({ defaultMuteSeconds: Math.round(length / 1000) }));
		}
		case 'delete-days': {
			const days = /^\d$/.test(typed.trim()) ? Number(typed) : Number.NaN;
			if (!(days <= mostDays)) return refuse('not-days', { max: mostDays });
			return accept(() => ({ deleteMessageSeconds: days * daySeconds }));
		}
		case 'external': {
			const word = typed.trim().toLowerCase();
			if (word !== 'all' && word !== 'no-roles' && word !== 'none') return refuse('not-external');
			return accept(() => ({ externalCases: word }));
		}
		case 'dm':
			return messageChange(typed, told);
	}
}

function switched(typed: string, change: (value: boolean) => Partial<ModerationSettings>): Outcome<SettingChange, SettingRefusal> {
	const value = onOrOff(typed);
	return value === null ? refuse('not-on-off') : accept(() => change(value));
}

function onOrOff(typed: string): boolean | null {
	const word = typed.trim().toLowerCase();
	if (on.has(word)) return true;
	return off.has(word) ? false : null;
}

/** `ban off`, `ban default`, `ban You are out.` */
function messageChange(typed: string, told: readonly string[]): Outcome<SettingChange, SettingRefusal> {
	const [, first = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
	const type = told.find((one) => one === first.toLowerCase());
	const value = rest.trim();
	if (type === undefined) return refuse('dm-what', { types: told.join(', ') });
	if (value === '') return refuse('dm-value', { type });
	if (value.length > longestText) return refuse('dm-too-long', { max: longestText, length: value.length });
	const isTold = onOrOff(value);
	return accept(({ dmActions, dmTexts }) => {
		const others = dmActions.filter((one) => one !== type);
		if (isTold !== null) return { dmActions: isTold ? [...others, type].sort() : others };
		const { [type]: _, ...texts } = dmTexts;
		if (value.toLowerCase() === 'default') return { dmTexts: texts };
		// Who writes a text wants it to be sent.
		return { dmActions: [...others, type].sort(), dmTexts: { ...texts, [type]: value } };
	});
}

/** Whether a change leaves everything as it is; the order of a list does not count. */
export function changesNothing(stored: ModerationSettings, change: Partial<ModerationSettings>): boolean {
	const after = { ...stored, ...change };
	return (Object.keys(defaultSettings) as (keyof ModerationSettings)[]).every((key) => plain(stored[key]) === plain(after[key]));
}

function plain(value: unknown): string {
	return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}
