import { isObject, isWithin } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import type { ApplicationCommand } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import type { Json, JsonObject } from '../state/types.js';
import { store } from './attachments.js';
import type { Resolver } from './resolve.js';

const SUB = 1;
const SUB_GROUP = 2;

interface Reading {
	call: Call;
	channel: Channel;
	resolver: Resolver;
	autocomplete: boolean;
}

/** The options of a command as a client sent them, checked against the definition and brought into the bot's form. */
export function readOptions(
	call: Call,
	channel: Channel,
	command: ApplicationCommand,
	given: unknown,
	resolver: Resolver,
	autocomplete: boolean
): Json[] {
	return readLevel({ call, channel, resolver, autocomplete }, objects(command['options']), objects(given), 'data.options');
}

function readLevel(reading: Reading, defined: JsonObject[], given: JsonObject[], path: string): Json[] {
	const branches = defined.filter((option) => option['type'] === SUB || option['type'] === SUB_GROUP);
	if (branches.length > 0) {
		const [chosen] = given;
		const branch = branches.find((option) => option['name'] === chosen?.['name']);
		if (chosen === undefined || branch === undefined) throw fault(path, 'APPLICATION_COMMAND_OPTION_INVALID', 'Choose a subcommand');
		const below = readLevel(reading, objects(branch['options']), objects(chosen['options']), `${path}.0.options`);
		return [{ name: branch['name'], type: branch['type'], options: below }];
	}
	const answers: Json[] = [];
	for (const [index, option] of given.entries()) {
		const definition = defined.find((known) => known['name'] === option['name']);
		if (definition === undefined) throw fault(`${path}.${index}`, 'UNKNOWN_OPTION', `Unknown option ${String(option['name'])}`);
		answers.push(readValue(reading, definition, option, `${path}.${index}`));
	}
	if (reading.autocomplete) return answers;
	for (const definition of defined) {
		if (definition['required'] === true && !given.some((option) => option['name'] === definition['name'])) {
			throw fault(`${path}.${String(definition['name'])}`, 'BASE_TYPE_REQUIRED', 'This option is required');
		}
	}
	return answers;
}

function readValue(reading: Reading, definition: JsonObject, option: JsonObject, path: string): JsonObject {
	const type = Number(definition['type']);
	const focused = reading.autocomplete && option['focused'] === true;
	const answer: JsonObject = { name: definition['name'], type, value: option['value'], ...(focused ? { focused: true } : {}) };
	// What is being typed is not checked yet; it comes as text, whatever the type.
	if (focused) return { ...answer, value: String(option['value'] ?? '') };
	answer['value'] = checked(reading, definition, type, option['value'], path);
	return answer;
}

function checked(reading: Reading, definition: JsonObject, type: number, value: Json | undefined, path: string): Json {
	if (type === 3) return checkedText(definition, value, path);
	if (type === 4 || type === 10) return checkedNumber(definition, type, value, path);
	if (type === 5) {
		if (typeof value !== 'boolean') throw fault(path, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
		return value;
	}
	if (type === 11) return readUpload(reading.call, reading.channel, reading.resolver, value, path);
	return checkedId(reading, definition, type, String(value), path);
}

function checkedText(definition: JsonObject, value: Json | undefined, path: string): string {
	if (typeof value !== 'string') throw fault(path, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.');
	const min = Number(definition['min_length'] ?? 0);
	const max = Number(definition['max_length'] ?? 6000);
	if (!isWithin(value, min, max)) throw fault(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
	requireChoice(definition, value, path);
	return value;
}

function checkedNumber(definition: JsonObject, type: number, value: Json | undefined, path: string): number {
	if (typeof value !== 'number' || (type === 4 && !Number.isSafeInteger(value))) {
		throw fault(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not ${type === 4 ? 'int' : 'float'}.`);
	}
	const min = Number(definition['min_value'] ?? -(2 ** 53));
	const max = Number(definition['max_value'] ?? 2 ** 53);
	if (value < min) throw fault(path, 'NUMBER_TYPE_MIN', `value should be greater than or equal to ${min}.`);
	if (value > max) throw fault(path, 'NUMBER_TYPE_MAX', `value should be less than or equal to ${max}.`);
	requireChoice(definition, value, path);
	return value;
}

function requireChoice(definition: JsonObject, value: Json, path: string): void {
	const choices = objects(definition['choices']);
	if (choices.length === 0 || choices.some((choice) => choice['value'] === value)) return;
	throw fault(path, 'BASE_TYPE_CHOICES', `Value "${String(value)}" is not one of the choices.`);
}

function checkedId(reading: Reading, definition: JsonObject, type: number, id: string, path: string): string {
	const { resolver } = reading;
	const found =
		(type === 6 && resolver.user(id)) ||
		(type === 8 && resolver.role(id)) ||
		(type === 9 && (resolver.role(id) || resolver.user(id))) ||
		(type === 7 && rightChannel(resolver, definition, id));
	if (!found) throw fault(path, 'APPLICATION_COMMAND_OPTION_INVALID', `Value "${id}" is not valid here.`);
	return id;
}

function rightChannel(resolver: Resolver, definition: JsonObject, id: string): boolean {
	const channel = resolver.channelById(id);
	const types = definition['channel_types'];
	return channel !== null && (!Array.isArray(types) || types.length === 0 || types.includes(channel.type));
}

/** Keeps a file of the request, named by its number (`files[0]`), and answers the attachment's id. */
export function readUpload(call: Call, channel: Channel, resolver: Resolver, value: Json | undefined, path: string): string {
	const position = call.files.findIndex((file, index) => String(file.index ?? index) === String(value));
	const file = call.files[position];
	if (file === undefined) throw fault(path, 'ATTACHMENT_NOT_FOUND', 'No such file in this request');
	const listed = call.body.object('data')?.['attachments'];
	const about = objects(listed).find((entry) => String(entry['id']) === String(value));
	const attachment = store(call.discord, channel, file, about);
	if (attachment.size > 25 * 1024 * 1024) throw refuse(40005);
	resolver.attachment(attachment);
	return attachment.id;
}

function objects(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

function fault(path: string, code: string, message: string) {
	return invalidBody({ [path]: [{ code, message }] });
}
