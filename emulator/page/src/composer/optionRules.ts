import { type OptionDefinition, OptionKind } from '../state/commands.js';
import type { OptionValue } from './OptionField.js';

/** What a client would not let through; null when it is fine. */
export function faultOf(option: OptionDefinition, value: OptionValue): string | null {
	const { name, type, required } = option;
	if (value === undefined || value === '') return required === true ? `${name}: this option is needed.` : null;
	if (type === OptionKind.Integer || type === OptionKind.Number) return faultOfNumber(option, Number(value));
	if (type === OptionKind.Text && typeof value === 'string') {
		const { min_length: least = 0, max_length: most = 6000 } = option;
		if (value.length < least) return `${name}: at least ${least} characters.`;
		if (value.length > most) return `${name}: at most ${most} characters.`;
	}
	return null;
}

function faultOfNumber(
	{ name, type, min_value: least = -Infinity, max_value: most = Infinity }: OptionDefinition,
	number: number
): string | null {
	if (Number.isNaN(number)) return `${name}: give a number.`;
	if (type === OptionKind.Integer && !Number.isInteger(number)) return `${name}: give a whole number.`;
	if (number < least) return `${name}: at least ${least}.`;
	return number > most ? `${name}: at most ${most}.` : null;
}
