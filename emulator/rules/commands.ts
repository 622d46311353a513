import { Locale } from 'discord-api-types/v10';
import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';
import { objectsOf, type Report, type Rule, repeated, textOf } from './report.js';

const page = 'interactions/application-commands';
const bulk = ['bulk_set_application_commands', 'bulk_set_guild_application_commands'];
const single = [
	'create_application_command',
	'create_guild_application_command',
	'update_application_command',
	'update_guild_application_command'
];
const [subcommand, group, text] = [1, 2, 3];
const mostCharacters = 8000;
export const mostChoices = 25;
/** Roots of each type: slash commands, user commands, message commands. */
const mostOfType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface PlacedCommand {
	command: JsonObject;
	/** Empty, or `3.` in a list. */
	prefix: string;
}

/** A bulk body is a list; the checker hands it over under `commands`. */
export const listKey = 'commands';

function commandRule(name: string, where: string, check: (command: PlacedCommand, report: Report) => void): Rule {
	return {
		name,
		page: `${page}#${where}`,
		operations: [...bulk, ...single],
		check(body, report) {
			for (const placed of commandsOf(body)) check(placed, report);
		}
	};
}

function commandsOf(body: JsonObject): PlacedCommand[] {
	if (!Array.isArray(body[listKey])) return [{ command: body, prefix: '' }];
	return objectsOf(body[listKey]).map((command, index) => ({ command, prefix: `${index}.` }));
}

const typeOf = (command: JsonObject) => (typeof command.type === 'number' ? command.type : 1);

export const commandRules: readonly Rule[] = [
	commandRule(
		'names are of small letters, digits, - and _',
		'application-command-object-application-command-naming',
		({ command, prefix }, report) => {
			if (typeOf(command) !== 1) return;
			for (const { path, name } of namesOf(command, prefix)) {
				if (slashName.test(name) && name === name.toLowerCase()) continue;
				report.fault(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
			}
		}
	),
	commandRule('translations are of languages that Discord has', 'localization', ({ command, prefix }, report) => {
		for (const path of translationsOf(command, prefix)) {
			if (locales.has(path.slice(path.lastIndexOf('.') + 1))) continue;
			report.fault(path, 'BASE_TYPE_CHOICES', 'This is no locale that Discord has.');
		}
	}),
	commandRule('slash commands have a description, the others none', 'application-command-object', ({ command, prefix }, report) => {
		const description = textOf(command.description);
		if (typeOf(command) === 1 && command.name !== undefined && command.description !== undefined && description === '') {
			report.fault(`${prefix}description`, 'BASE_TYPE_REQUIRED', 'This field is required');
		}
		if (typeOf(command) === 1 && prefix !== '' && command.description === undefined) {
			report.fault(`${prefix}description`, 'BASE_TYPE_REQUIRED', 'This field is required');
		}
		if (typeOf(command) === 1) return;
		if (description !== '')
			report.fault(`${prefix}description`, 'APPLICATION_COMMAND_DESCRIPTION_NOT_EMPTY', 'Context menu commands cannot have a description');
		if (objectsOf(command.options).length > 0) {
			report.fault(`${prefix}options`, 'APPLICATION_COMMAND_OPTIONS_NOT_EMPTY', 'Context menu commands cannot have options');
		}
	}),
	{
		name: 'a new slash command has a description',
		page: `${page}#application-command-object`,
		operations: ['create_application_command', 'create_guild_application_command'],
		check(body, report) {
			if (typeOf(body) !== 1 || body.description !== undefined) return;
			report.fault('description', 'BASE_TYPE_REQUIRED', 'This field is required');
		}
	},
	commandRule(
		'required options come before optional ones',
		'application-command-object-application-command-option-structure',
		everyLevel(checkOrder)
	),
	commandRule(
		'names of options are unique on their level',
		'application-command-object-application-command-option-structure',
		everyLevel(checkNames)
	),
	commandRule('subcommands do not stand beside options and do not nest deeper than two', 'subcommands-and-subcommand-groups', checkNesting),
	commandRule(
		'choices and limits of an option agree',
		'application-command-object-application-command-option-structure',
		everyLevel(checkOptions)
	),
	commandRule('a command has at most 8000 characters', 'application-command-object', ({ command, prefix }, report) => {
		if (characters(command) <= mostCharacters) return;
		report.fault(prefix.replace('.', ''), 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${mostCharacters})`);
	}),
	{
		name: 'at most 100 slash commands and 15 of each context menu, no name twice',
		page: `${page}#registering-a-command`,
		operations: bulk,
		check(body, report) {
			const commands = objectsOf(body[listKey]);
			for (const [type, most] of Object.entries(mostOfType)) {
				const same = commands.filter((command) => typeOf(command) === Number(type));
				if (same.length > most) report.refuse(30032);
			}
			const keys = commands.map((command) => `${typeOf(command)} ${textOf(command.name)}`);
			for (const key of repeated(keys)) {
				const index = keys.lastIndexOf(key);
				report.fault(String(index), 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
			}
		}
	}
];

function namesOf(command: JsonObject, prefix: string): { path: string; name: string }[] {
	const own = typeof command.name === 'string' ? [{ path: `${prefix}name`, name: command.name }] : [];
	const translated = translations(command.name_localizations).map(([locale, name]) => ({
		path: `${prefix}name_localizations.${locale}`,
		name: textOf(name)
	}));
	const inner = objectsOf(command.options).flatMap((option, index) => namesOf(option, `${prefix}options.${index}.`));
	return [...own, ...translated, ...inner];
}

const locales = new Set<string>(Object.values(Locale));

function translations(value: Json | undefined): [locale: string, text: Json | undefined][] {
	return isObject(value) ? Object.entries(value).filter(([, text]) => text !== null) : [];
}

/** Paths of everything that is translated, such as `options.0.name_localizations.de`. */
function translationsOf(command: JsonObject, prefix: string): string[] {
	const own = ['name_localizations', 'description_localizations'].flatMap((key) =>
		translations(command[key]).map(([locale]) => `${prefix}${key}.${locale}`)
	);
	const below = (key: string) => objectsOf(command[key]).flatMap((each, index) => translationsOf(each, `${prefix}${key}.${index}.`));
	return [...own, ...below('options'), ...below('choices')];
}

type LevelCheck = (options: JsonObject[], path: string, report: Report) => void;

function everyLevel(check: LevelCheck): (command: PlacedCommand, report: Report) => void {
	const visit = (owner: JsonObject, prefix: string, report: Report): void => {
		const options = objectsOf(owner.options);
		check(options, `${prefix}options`, report);
		for (const [index, option] of options.entries()) visit(option, `${prefix}options.${index}.`, report);
	};
	return ({ command, prefix }, report) => visit(command, prefix, report);
}

function checkOrder(options: JsonObject[], path: string, report: Report): void {
	const firstOptional = options.findIndex(({ required, type }) => required !== true && type !== subcommand && type !== group);
	if (firstOptional === -1) return;
	for (const [index, { required }] of options.entries()) {
		if (index < firstOptional || required !== true) continue;
		report.fault(
			`${path}.${index}`,
			'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
			'Required options must be placed before non-required options'
		);
	}
}

function checkNames(options: JsonObject[], path: string, report: Report): void {
	const names = options.map(({ name }) => textOf(name));
	for (const name of repeated(names)) {
		report.fault(
			`${path}.${names.lastIndexOf(name)}`,
			'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_USED',
			`Option name ${name} is already used`
		);
	}
}

function checkNesting({ command, prefix }: PlacedCommand, report: Report): void {
	const isPath = (option: JsonObject) => option.type === subcommand || option.type === group;
	const invalid = (path: string) =>
		report.fault(
			path,
			'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
			'Sub-command and sub-command group option types are mutually exclusive to all other types'
		);
	const visit = (owner: JsonObject, at: string, allowed: readonly unknown[]): void => {
		const options = objectsOf(owner.options);
		const mixed = options.some(isPath) && !options.every(isPath);
		for (const [index, option] of options.entries()) {
			if (mixed && isPath(option)) invalid(`${at}options.${index}.type`);
			else if (isPath(option) && !allowed.includes(option.type)) invalid(`${at}options.${index}.type`);
			visit(option, `${at}options.${index}.`, option.type === group ? [subcommand] : []);
		}
		if (owner.type === group && options.some((option) => !isPath(option))) invalid(`${at}options`);
	};
	visit({ options: command.options ?? null }, prefix, [subcommand, group]);
}

function checkOptions(options: JsonObject[], path: string, report: Report): void {
	for (const [index, option] of options.entries()) {
		const at = `${path}.${index}`;
		const choices = objectsOf(option.choices);
		if (choices.length > mostChoices) {
			report.fault(`${at}.choices`, 'BASE_TYPE_MAX_LENGTH', `Must be ${mostChoices} or fewer in length.`);
		}
		if (choices.length > 0 && option.autocomplete === true) {
			report.fault(`${at}.choices`, 'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', 'Choices are mutually exclusive with autocomplete');
		}
		const doubled = [...repeated(choices.map(({ name }) => textOf(name))), ...repeated(choices.map(({ value }) => JSON.stringify(value)))];
		if (doubled.length > 0)
			report.fault(`${at}.choices`, 'APPLICATION_COMMAND_OPTIONS_CHOICE_ALREADY_USED', 'Option choices must be unique');
		for (const [position, { value }] of choices.entries()) {
			if (option.type !== text || textOf(value).length <= 100) continue;
			report.fault(`${at}.choices.${position}.value`, 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
		}
		checkRange(option.min_value, option.max_value, `${at}.min_value`, report);
		checkRange(option.min_length, option.max_length, `${at}.min_length`, report);
	}
}

function checkRange(least: Json | undefined, most: Json | undefined, path: string, report: Report): void {
	if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return;
	report.fault(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
}

/** Name, description and values of all levels; of a field's translations only the longest counts. */
function characters(value: JsonObject): number {
	const longest = (key: string) => {
		const translations = value[`${key}_localizations`];
		const texts = isObject(translations) ? Object.values(translations) : [];
		return Math.max(textOf(value[key]).length, ...texts.map((translation) => textOf(translation).length));
	};
	const own = longest('name') + longest('description') + textOf(value.value).length;
	const inner = [...objectsOf(value.options), ...objectsOf(value.choices)];
	return inner.reduce((sum, part) => sum + characters(part), own);
}
