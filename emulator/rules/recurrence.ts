import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';
import type { Report, Rule } from './report.js';

const page = 'resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object';
const operations = ['create_guild_scheduled_event', 'update_guild_scheduled_event'];
const [yearly, monthly, weekly, daily] = [0, 1, 2, 3];
/** Which days a daily event may leave out. Discord takes these sets alone. */
const knownWeeks = [
	[0, 1, 2, 3, 4],
	[1, 2, 3, 4, 5],
	[0, 1, 2, 3, 6],
	[4, 5],
	[5, 6],
	[0, 6]
].map((days) => days.join());

/** How an event may come again. */
export const recurrenceRules: readonly Rule[] = [
	recurrenceRule('nobody but Discord says how often or until when an event comes again', (rule, fault) => {
		for (const key of ['count', 'end', 'by_year_day']) if (given(rule[key])) fault(key, 'This field cannot be set.');
	}),
	recurrenceRule('days of the week, a day of a month and a date of the year exclude each other', (rule, fault) => {
		const ways = [['by_weekday'], ['by_n_weekday'], ['by_month', 'by_month_day']];
		const used = ways.filter((keys) => keys.some((key) => given(rule[key])));
		if (used.length > 1)
			for (const [key = ''] of used) fault(key, 'by_weekday, by_n_weekday and by_month with by_month_day exclude each other.');
	}),
	recurrenceRule('days of the week are for daily events, in known sets, and for weekly ones, one alone', (rule, fault) => {
		if (!given(rule.by_weekday)) return;
		const days = listOf(rule.by_weekday).map(Number);
		if (rule.frequency === daily) {
			const isKnown = knownWeeks.includes([...days].sort((a, b) => a - b).join());
			if (!isKnown) fault('by_weekday', 'These days are not one of the known sets.');
		} else if (rule.frequency !== weekly) fault('by_weekday', 'Only daily and weekly events have days of the week.');
		else if (days.length !== 1) fault('by_weekday', 'A weekly event has one day.');
	}),
	recurrenceRule('a day of a week of the month is for monthly events, one alone', (rule, fault) => {
		if (!given(rule.by_n_weekday)) return;
		if (rule.frequency !== monthly) fault('by_n_weekday', 'Only monthly events have a day of a week of the month.');
		else if (listOf(rule.by_n_weekday).length !== 1) fault('by_n_weekday', 'A monthly event has one day.');
	}),
	recurrenceRule('a date is for annual events, with one month and one day', (rule, fault) => {
		for (const key of ['by_month', 'by_month_day']) {
			const other = key === 'by_month' ? 'by_month_day' : 'by_month';
			if (!given(rule[key])) continue;
			if (rule.frequency !== yearly) fault(key, 'Only annual events have a date.');
			else if (listOf(rule[key]).length !== 1) fault(key, 'An annual event has one date.');
			if (!given(rule[other])) fault(other, 'This field is required', 'BASE_TYPE_REQUIRED');
		}
	}),
	recurrenceRule('an event comes every time; a weekly one may come every other week', (rule, fault) => {
		const interval = rule.interval ?? 1;
		if (interval === 1 || (interval === 2 && rule.frequency === weekly)) return;
		fault('interval', rule.frequency === weekly ? 'Value must be one of (1, 2).' : 'Value must be one of (1,).');
	})
];

type Fault = (key: string, message: string, code?: string) => void;

function recurrenceRule(name: string, check: (rule: JsonObject, fault: Fault) => void): Rule {
	return {
		name,
		page,
		operations,
		check(body: JsonObject, report: Report) {
			const rule = body.recurrence_rule;
			if (!isObject(rule)) return;
			check(rule, (key, message, code = 'BASE_TYPE_CHOICES') => report.fault(`recurrence_rule.${key}`, code, message));
		}
	};
}

function given(value: Json | undefined): boolean {
	return value !== undefined && value !== null;
}

function listOf(value: Json | undefined): Json[] {
	return Array.isArray(value) ? value : [];
}
