import { isUnicodeEmoji } from '../actions/emojiRef.js';
import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';
import { isComponentsV2, type MessagePart } from './messageParts.js';
import { messageRule } from './messages.js';
import { lengthOf, objectsOf, type Report, type Rule, type RuleContext, repeated, textOf } from './report.js';

const page = 'components/reference';
const [row, button, stringSelect, textDisplay, linkStyle, premiumStyle] = [1, 2, 3, 10, 5, 6];
const mostRows = 5;
const mostButtons = 5;
const mostComponents = 40;
const mostText = 4000;

interface Placed {
	component: JsonObject;
	path: string;
}

export const componentRules: readonly Rule[] = [
	...messageRule(
		'without the components flag there are at most 5 action rows and nothing else',
		`${page}#legacy-message-component-behavior`,
		checkLegacy
	),
	...messageRule('with the components flag there is no content, embed, poll or sticker', `${page}#component-reference`, checkFlag),
	...messageRule(
		'at most 40 components and 4000 characters in all',
		`${page}#component-reference`,
		({ message, prefix }, report, context) => {
			if (!isComponentsV2(message, context)) return;
			const all = walk(message.components, `${prefix}components`);
			if (all.length > mostComponents)
				report.fault(`${prefix}components`, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${mostComponents} in length.`);
			const text = all.reduce((sum, { component }) => sum + (component.type === textDisplay ? lengthOf(component.content) : 0), 0);
			if (text <= mostText) return;
			report.fault(
				`${prefix}components`,
				'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
				`Total displayable text size exceeds maximum size of ${mostText}`
			);
		}
	),
	...messageRule('custom ids and component ids are unique', `${page}#anatomy-of-a-component`, ({ message, prefix }, report) => {
		checkUnique(walk(message.components, `${prefix}components`), report);
	}),
	...messageRule('a row holds up to 5 buttons or one select', `${page}#action-row`, ({ message, prefix }, report) => {
		for (const { component, path } of walk(message.components, `${prefix}components`)) {
			if (component.type !== row) continue;
			const inner = objectsOf(component.components);
			const areButtons = inner.every(({ type }) => type === button);
			if (areButtons ? inner.length <= mostButtons : inner.length === 1) continue;
			report.fault(`${path}.components`, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
		}
	}),
	...messageRule('a button has a custom id, or a url, or a sku', `${page}#button`, ({ message, prefix }, report) => {
		for (const placed of walk(message.components, `${prefix}components`)) if (placed.component.type === button) checkButton(placed, report);
	}),
	...messageRule('emojis of buttons and options exist', `${page}#button`, ({ message, prefix }, report, { knowsEmoji }) => {
		for (const { component, path } of walk(message.components, `${prefix}components`)) {
			const options = objectsOf(component.options).map((option, index) => ({ emoji: option.emoji, at: `${path}.options.${index}` }));
			for (const { emoji, at } of [{ emoji: component.emoji, at: path }, ...options]) {
				if (!isObject(emoji)) continue;
				const { id, name } = emoji;
				const isCustom = id !== undefined && id !== null;
				if (isCustom ? knowsEmoji(String(id)) : isUnicodeEmoji(textOf(name))) continue;
				report.fault(`${at}.emoji.${isCustom ? 'id' : 'name'}`, 'COMPONENT_INVALID_EMOJI', 'Invalid emoji');
			}
		}
	}),
	...messageRule('a select offers what it asks for', `${page}#string-select`, ({ message, prefix }, report) => {
		for (const placed of walk(message.components, `${prefix}components`)) checkSelect(placed, report);
	})
];

/** Every component at any depth, with its path. */
export function walk(value: Json | undefined, path: string): Placed[] {
	return objectsOf(value).flatMap((component, index) => {
		const at = `${path}.${index}`;
		const single = (key: string) => (isObject(component[key]) ? [{ component: component[key], path: `${at}.${key}` }] : []);
		return [{ component, path: at }, ...walk(component.components, `${at}.components`), ...single('accessory'), ...single('component')];
	});
}

/** Two components of one message or modal may share neither custom id nor numeric id. */
export function checkUnique(placed: readonly Placed[], report: Report): void {
	const doubled = repeated(placed.map(({ component }) => textOf(component.custom_id)).filter(Boolean));
	for (const { component, path } of placed) {
		if (!doubled.has(textOf(component.custom_id))) continue;
		report.fault(`${path}.custom_id`, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
	}
	const ids = placed.flatMap(({ component }) => (typeof component.id === 'number' && component.id > 0 ? [String(component.id)] : []));
	for (const id of repeated(ids)) report.fault('components', 'COMPONENT_ID_DUPLICATED', `Component id ${id} cannot be duplicated`);
}

function checkLegacy({ message, prefix }: MessagePart, report: Report, context: RuleContext): void {
	if (isComponentsV2(message, context)) return;
	const top = objectsOf(message.components);
	if (top.length > mostRows) report.fault(`${prefix}components`, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${mostRows} in length.`);
	for (const [index, { type }] of top.entries()) {
		if (type === row) continue;
		report.fault(`${prefix}components.${index}.type`, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
	}
}

function checkFlag({ message, prefix }: MessagePart, report: Report, context: RuleContext): void {
	if (!isComponentsV2(message, context)) return;
	const before: JsonObject = { content: context.edited?.content, embeds: context.edited?.embeds };
	for (const key of ['content', 'embeds', 'poll', 'sticker_ids']) {
		// What an edit does not mention stays.
		const value = message[key] === undefined ? before[key] : message[key];
		const isSet = Array.isArray(value) ? value.length > 0 : Boolean(value);
		if (!isSet) continue;
		report.fault(
			`${prefix}${key}`,
			'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
			`The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`
		);
	}
	if (Array.isArray(message.components) && message.components.length === 0) {
		report.fault(`${prefix}components`, 'BASE_TYPE_REQUIRED', 'This field is required');
	}
}

function checkButton({ component, path }: Placed, report: Report): void {
	const { style } = component;
	const has = (key: string) => component[key] !== undefined && component[key] !== null && component[key] !== '';
	if (has('custom_id') && has('url')) {
		report.fault(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'A custom id and url cannot both be specified');
	} else if (style === linkStyle) {
		if (!has('url')) report.fault(`${path}.url`, 'BASE_TYPE_REQUIRED', 'This field is required');
		else checkLink(textOf(component.url), `${path}.url`, report);
		if (has('custom_id'))
			report.fault(path, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'A custom id and url cannot both be specified');
	} else if (style === premiumStyle) {
		if (!has('sku_id')) report.fault(`${path}.sku_id`, 'BASE_TYPE_REQUIRED', 'This field is required');
	} else if (!has('custom_id')) report.fault(`${path}.custom_id`, 'BASE_TYPE_REQUIRED', 'This field is required');

	if (style === premiumStyle || has('label') || has('emoji')) return;
	report.fault(`${path}.label`, 'BUTTON_COMPONENT_INVALID_EMOJI', 'A button needs a label or an emoji');
}

function checkLink(url: string, path: string, report: Report): void {
	if (/^(https?|discord):\/\//i.test(url)) return;
	const [scheme] = url.split(':', 1);
	const message = `Scheme "${scheme}" is not supported. Scheme must be one of ('http', 'https', 'discord').`;
	report.fault(path, 'URL_TYPE_INVALID_SCHEME', message);
}

function checkSelect({ component, path }: Placed, report: Report): void {
	const { type } = component;
	if (typeof type !== 'number' || type < stringSelect || type === 4 || type > 8) return;
	const [least, most] = [numberOr(component.min_values, 1), numberOr(component.max_values, 1)];
	if (least > most) report.fault(`${path}.min_values`, 'BASE_TYPE_BAD_INT', 'min_values must be at most max_values');
	if (type !== stringSelect) return;

	const options = objectsOf(component.options);
	for (const value of repeated(options.map((option) => textOf(option.value)))) {
		const index = options.findLastIndex((option) => option.value === value);
		report.fault(
			`${path}.options.${index}.value`,
			'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
			'The specified option value is already used'
		);
	}
	if (most > options.length)
		report.fault(`${path}.max_values`, 'SELECT_COMPONENT_MAX_VALUES_EXCEEDED', 'max_values is more than there are options');
	if (options.filter((option) => option.default === true).length > most) {
		report.fault(`${path}.options`, 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'More options are chosen by default than may be chosen');
	}
}

function numberOr(value: Json | undefined, fallback: number): number {
	return typeof value === 'number' ? value : fallback;
}
