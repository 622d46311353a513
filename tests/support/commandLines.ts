import type { Leaf } from '#lib/commands/leaf.js';
import type { Option } from '#lib/commands/options/option.js';
import { slashName } from '#lib/commands/slash/slashName.js';
import { pathOf } from '../../scripts/commandList.js';

/** What is put into the options of a command, whatever they are called. */
export interface Filling {
	readonly person: { readonly id: string };
	readonly role: { readonly id: string };
	readonly channel: { readonly id: string };
	readonly voice: { readonly id: string };
	/** Whatever takes words. */
	readonly text: string;
	/** Optional ones that are filled too, by their kinds. */
	readonly optional: readonly string[];
}

type SlashValue = string | number | boolean | { id: string };

/** One way to call a command, as it is typed and as it is picked. */
export interface CommandLine {
	/** Without the prefix. */
	readonly typed: string;
	/** Null for a command without a slash form. */
	readonly slash: { readonly words: string; readonly options: Record<string, SlashValue> } | null;
}

const user = 6;
const channel = 7;
const role = 8;

/** Fills in a command from its definition, so that one that is added later is called too. Null when it takes what cannot be made up. */
export function commandLine(leaf: Leaf, filling: Filling): CommandLine | null {
	const words = [leaf.path];
	const options: Record<string, SlashValue> = {};
	for (const [name, option] of leaf.options) {
		if (!option.required && !filling.optional.includes(option.kind.label)) continue;
		const value = filled(option, filling);
		if (value === null) {
			if (option.required) return null;
			continue;
		}
		const typed = typeof value === 'object' ? mentionOf(option, value) : String(value);
		words.push(option.kind.takes === 'word' && /\s/.test(typed) ? `"${typed.replaceAll('"', '')}"` : typed);
		options[slashName(name)] = typeof value === 'object' && ![user, channel, role].includes(option.kind.slash.type) ? typed : value;
	}
	const [place] = leaf.slash;
	return { typed: words.join(' '), slash: place === undefined ? null : { words: pathOf(place), options } };
}

/** The options of a command that stand for a person. */
export function peopleOf(leaf: Leaf): readonly string[] {
	return [...leaf.options].filter(([, { kind }]) => kind.label === 'member' || kind.label === 'user').map(([name]) => name);
}

function mentionOf({ kind }: Option<unknown>, { id }: { readonly id: string }): string {
	if (kind.label === 'role') return `<@&${id}>`;
	return kind.label === 'channel' ? `<#${id}>` : `<@${id}>`;
}

function filled({ kind }: Option<unknown>, { person, role: given, channel: place, voice, text }: Filling): SlashValue | null {
	const values: Readonly<Record<string, SlashValue>> = {
		...{ member: person, user: person, role: given, channel: onlyVoice(kind.slash) ? voice : place },
		...{ snowflake: person.id, integer: 1, number: 1, boolean: true, duration: '10m', colour: '#ff8800', timezone: 'Europe/Paris' },
		...{ emoji: '🦉', text, rest: text }
	};
	return kind.values?.[0] ?? values[kind.label] ?? null;
}

function onlyVoice(shape: object): boolean {
	const types: unknown = Reflect.get(shape, 'channel_types');
	return Array.isArray(types) && !types.includes(0);
}
