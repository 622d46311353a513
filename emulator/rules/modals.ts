import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';
import { mostChoices } from './commands.js';
import { checkUnique, walk } from './components.js';
import { lengthOf, objectsOf, type Report, type Rule, textOf } from './report.js';

const [row, textInput] = [1, 4];
const mostRows = 5;
const operations = ['create_interaction_response'];

/** The modal a callback opens (type 9), or null. */
function modalOf(body: JsonObject): JsonObject | null {
	return body.type === 9 && isObject(body.data) ? body.data : null;
}

export const modalRules: readonly Rule[] = [
	{
		name: 'a modal has one to five rows',
		page: 'interactions/receiving-and-responding#interaction-response-object-modal',
		operations,
		check(body, report) {
			const rows = objectsOf(modalOf(body)?.components);
			if (rows.length > mostRows) report.fault('data.components', 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${mostRows} in length.`);
		}
	},
	{
		name: 'a row of a modal holds one input',
		page: 'components/reference#action-row',
		operations,
		check(body, report) {
			for (const { component, path } of walk(modalOf(body)?.components, 'data.components')) {
				if (component.type !== row || objectsOf(component.components).length === 1) continue;
				report.fault(`${path}.components`, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
			}
		}
	},
	{
		name: 'a modal names each input once',
		page: 'components/reference#anatomy-of-a-component',
		operations,
		check(body, report) {
			const modal = modalOf(body);
			if (modal) checkUnique(walk(modal.components, 'data.components'), report);
		}
	},
	{
		name: 'a text input has a label, and lengths that can be met',
		page: 'components/reference#text-input',
		operations,
		check(body, report) {
			for (const { component, path } of walk(modalOf(body)?.components, 'data.components')) {
				if (component.type === textInput) checkInput(component, path, report);
			}
		}
	},
	{
		name: 'choices of an autocomplete fit their option',
		page: 'interactions/application-commands#application-command-object-application-command-option-choice-structure',
		operations,
		check(body, report) {
			if (body.type !== 8 || !isObject(body.data)) return;
			const choices = objectsOf(body.data.choices);
			if (choices.length > mostChoices) {
				report.fault('data.choices', 'BASE_TYPE_MAX_LENGTH', `Must be ${mostChoices} or fewer in length.`);
			}
			for (const [index, { value }] of choices.entries()) {
				if (textOf(value).length <= 100) continue;
				report.fault(`data.choices.${index}.value`, 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
			}
		}
	}
];

function checkInput(input: JsonObject, path: string, report: Report): void {
	// Inside a label component the label stands outside of the input.
	const isLabelled = path.endsWith('.component') || textOf(input.label) !== '';
	if (!isLabelled) report.fault(`${path}.label`, 'BASE_TYPE_REQUIRED', 'This field is required');
	const [least, most] = [numberOr(input.min_length, 0), numberOr(input.max_length, 4000)];
	if (least > most) report.fault(`${path}.min_length`, 'BASE_TYPE_BAD_INT', 'min_length must be at most max_length');
	const value = textOf(input.value);
	if (value !== '' && (lengthOf(value) < least || lengthOf(value) > most)) {
		report.fault(`${path}.value`, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
	}
}

function numberOr(value: Json | undefined, fallback: number): number {
	return typeof value === 'number' ? value : fallback;
}
