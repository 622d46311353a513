import { compile } from '../actions/autoModerationWords.js';
import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';
import { lengthOf, objectsOf, type Report, type Rule, textOf } from './report.js';

const operations = ['create_auto_moderation_rule', 'update_auto_moderation_rule'];
const fieldLimits = 'resources/auto-moderation#auto-moderation-rule-object-trigger-metadata-field-limits';
const [preset, profile] = [4, 6];
const [blockMessage, timeout, quarantine] = [1, 3, 4];
/** Four weeks. */
const longestTimeout = 2_419_200;

const metadataOf = (body: JsonObject): JsonObject => (isObject(body.trigger_metadata) ? body.trigger_metadata : {});

function list(report: Report, path: string, value: Json | undefined, most: number, longest: number | null): void {
	if (!Array.isArray(value)) return;
	if (value.length > most) report.fault(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
	if (longest === null) return;
	for (const [index, text] of value.entries()) {
		const length = lengthOf(text);
		if (length >= 1 && length <= longest) continue;
		report.fault(`${path}.${index}`, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${longest} in length.`);
	}
}

/** What an AutoMod rule may hold. */
export const autoModerationRules: readonly Rule[] = [
	{
		name: 'an AutoMod rule has one to five actions, and twenty roles and fifty channels exempt at most',
		page: 'resources/auto-moderation#create-auto-moderation-rule',
		operations,
		check(body, report) {
			if (Array.isArray(body.actions) && (body.actions.length === 0 || body.actions.length > 5)) {
				report.fault('actions', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
			}
			list(report, 'exempt_roles', body.exempt_roles, 20, null);
			list(report, 'exempt_channels', body.exempt_channels, 50, null);
		}
	},
	{
		name: 'the name of an AutoMod rule has 1 to 100 characters',
		page: 'resources/auto-moderation#auto-moderation-rule-object-auto-moderation-rule-structure',
		operations,
		check(body, report) {
			if (typeof body.name !== 'string' || (lengthOf(body.name) >= 1 && lengthOf(body.name) <= 100)) return;
			report.fault('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
		}
	},
	{
		name: '1000 keywords of 60 characters, 10 patterns of 260, an allow list of 100 (of presets 1000)',
		page: fieldLimits,
		operations,
		check(body, report) {
			const metadata = metadataOf(body);
			const isPreset = body.trigger_type === preset || Array.isArray(metadata.presets);
			list(report, 'trigger_metadata.keyword_filter', metadata.keyword_filter, 1000, 60);
			list(report, 'trigger_metadata.regex_patterns', metadata.regex_patterns, 10, 260);
			list(report, 'trigger_metadata.allow_list', metadata.allow_list, isPreset ? 1000 : 100, 60);
		}
	},
	{
		name: 'patterns are regular expressions without looking ahead or behind',
		page: 'resources/auto-moderation#auto-moderation-rule-object-trigger-metadata',
		operations,
		check(body, report) {
			const { regex_patterns: patterns } = metadataOf(body);
			if (!Array.isArray(patterns)) return;
			for (const [index, pattern] of patterns.entries()) {
				if (compile(textOf(pattern)) !== null) continue;
				report.fault(`trigger_metadata.regex_patterns.${index}`, 'AUTO_MODERATION_INVALID_REGEX', 'Invalid regular expression.');
			}
		}
	},
	{
		name: 'up to 50 mentions are counted',
		page: fieldLimits,
		operations,
		check(body, report) {
			const limit = metadataOf(body).mention_total_limit;
			if (typeof limit !== 'number') return;
			if (limit < 0)
				report.fault('trigger_metadata.mention_total_limit', 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 0.');
			if (limit > 50)
				report.fault('trigger_metadata.mention_total_limit', 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 50.');
		}
	},
	{
		name: 'an own message of 150 characters, a time-out of four weeks',
		page: 'resources/auto-moderation#auto-moderation-action-object-action-metadata',
		operations,
		check(body, report) {
			for (const [index, { type, metadata }] of objectsOf(body.actions).entries()) {
				if (!isObject(metadata)) continue;
				const path = `actions.${index}.metadata`;
				if (type === blockMessage && lengthOf(metadata.custom_message) > 150) {
					report.fault(`${path}.custom_message`, 'BASE_TYPE_MAX_LENGTH', 'Must be 150 or fewer in length.');
				}
				if (type === timeout && Number(metadata.duration_seconds) > longestTimeout) {
					report.fault(`${path}.duration_seconds`, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${longestTimeout}.`);
				}
			}
		}
	},
	{
		name: 'profiles are looked at when members join or change, everything else when they speak',
		page: 'resources/auto-moderation#auto-moderation-rule-object-event-types',
		operations: ['create_auto_moderation_rule'],
		check(body, report) {
			if (typeof body.trigger_type !== 'number' || typeof body.event_type !== 'number') return;
			if ((body.trigger_type === profile) === (body.event_type === 2)) return;
			report.fault('event_type', 'AUTO_MODERATION_INVALID_EVENT_TYPE', 'Invalid event type for this trigger type.');
		}
	},
	{
		name: 'members are kept from everything for their profile alone, and a profile is no message to block',
		page: 'resources/auto-moderation#auto-moderation-action-object-action-types',
		operations: ['create_auto_moderation_rule'],
		check(body, report) {
			const isProfile = body.trigger_type === profile;
			for (const [index, { type }] of objectsOf(body.actions).entries()) {
				const isWrong = isProfile ? type === blockMessage || type === timeout : type === quarantine;
				if (isWrong) report.fault(`actions.${index}.type`, 'AUTO_MODERATION_INVALID_ACTION_TYPE', 'Invalid action for this trigger type.');
			}
		}
	}
];
