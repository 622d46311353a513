import type { Json, JsonObject } from '../state/types.js';
import { asObjects } from './api.js';

/** What a test gives as an option: ids of people, roles and channels may come as their objects. */
export type OptionValue = string | number | boolean | { id: string };

const SUB = 1;
const SUB_GROUP = 2;

/** A client would not have let this through. */
export class ClientRefusal extends Error {
	override name = 'ClientRefusal';
}

/** Finds a command by its words (`role create`) and builds what a client sends for it. */
export function buildCommand(
	commands: JsonObject[],
	words: string,
	options: Record<string, OptionValue>,
	focused: string | null = null
): JsonObject {
	const [root = '', ...path] = words.replace(/^\//, '').split(/\s+/);
	const command = commands.find((candidate) => candidate['name'] === root && candidate['type'] === 1);
	if (command === undefined) throw new ClientRefusal(`No slash command /${root} is offered here`);
	return {
		version: command['version'],
		id: command['id'],
		name: root,
		type: 1,
		options: buildLevel(asObjects(command['options']), path, options, focused, words),
		attachments: []
	};
}

function buildLevel(
	defined: JsonObject[],
	path: string[],
	given: Record<string, OptionValue>,
	focused: string | null,
	words: string
): Json[] {
	const [next, ...rest] = path;
	const branches = defined.filter((option) => option['type'] === SUB || option['type'] === SUB_GROUP);
	if (branches.length > 0) {
		const branch = branches.find((option) => option['name'] === next);
		if (branch === undefined) throw new ClientRefusal(`/${words}: choose one of ${branches.map((option) => option['name']).join(', ')}`);
		return [{ type: branch['type'], name: next, options: buildLevel(asObjects(branch['options']), rest, given, focused, words) }];
	}
	if (next !== undefined) throw new ClientRefusal(`/${words}: there is no "${next}"`);
	for (const name of Object.keys(given)) {
		if (!defined.some((option) => option['name'] === name)) throw new ClientRefusal(`/${words} has no option "${name}"`);
	}
	const built: Json[] = [];
	for (const definition of defined) {
		const name = String(definition['name']);
		const value = given[name];
		if (value === undefined) {
			if (definition['required'] === true && focused === null) throw new ClientRefusal(`/${words} needs the option "${name}"`);
			continue;
		}
		const plain = typeof value === 'object' ? value.id : value;
		if (name === focused) built.push({ type: definition['type'], name, value: plain, focused: true });
		else built.push({ type: definition['type'], name, value: checkedValue(definition, plain, words) });
	}
	return built;
}

/** Types, ranges and choices, as the picker enforces them. */
function checkedValue(definition: JsonObject, value: string | number | boolean, words: string): Json {
	const type = Number(definition['type']);
	const name = `/${words} ${String(definition['name'])}`;
	const wanted = type === 4 || type === 10 ? 'number' : type === 5 ? 'boolean' : 'string';
	if (typeof value !== wanted && !(type === 11 && typeof value === 'number')) throw new ClientRefusal(`${name} wants a ${wanted}`);
	const choices = asObjects(definition['choices']);
	if (choices.length > 0 && definition['autocomplete'] !== true) {
		const choice = choices.find((candidate) => candidate['value'] === value || candidate['name'] === value);
		if (choice === undefined) throw new ClientRefusal(`${name}: "${String(value)}" is not one of the choices`);
		return choice['value'] ?? null;
	}
	if (typeof value === 'number') {
		if (type === 4 && !Number.isInteger(value)) throw new ClientRefusal(`${name} wants a whole number`);
		if (value < Number(definition['min_value'] ?? -Infinity) || value > Number(definition['max_value'] ?? Infinity)) {
			throw new ClientRefusal(`${name}: ${value} is out of range`);
		}
	}
	if (type === 3 && typeof value === 'string') {
		if (value.length < Number(definition['min_length'] ?? 0) || value.length > Number(definition['max_length'] ?? 6000)) {
			throw new ClientRefusal(`${name}: the text is too short or too long`);
		}
	}
	return value;
}
