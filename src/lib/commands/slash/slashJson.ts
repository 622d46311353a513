import {
	type APIApplicationCommandBasicOption,
	type APIApplicationCommandOption,
	type APIApplicationCommandSubcommandOption,
	ApplicationCommandOptionType,
	ApplicationCommandType,
	ApplicationIntegrationType,
	InteractionContextType,
	PermissionsBitField,
	type RESTPutAPIApplicationCommandsJSONBody
} from 'discord.js';
import type { CommandText, Languages } from '#lib/i18n/languages.js';
import type { Leaf, SlashPath } from '../leaf.js';
import type { Menu } from '../menu.js';
import { slashName } from './slashName.js';

type CommandJson = RESTPutAPIApplicationCommandsJSONBody[number];

/** A slash root with everything below it. */
export interface SlashRoot {
	readonly name: string;
	readonly entries: readonly { readonly place: SlashPath; readonly leaf: Leaf }[];
}

/** Gathers the leaves by the root under which they stand. */
export function slashRoots(leaves: readonly Leaf[]): readonly SlashRoot[] {
	const roots = new Map<string, { place: SlashPath; leaf: Leaf }[]>();
	for (const leaf of leaves) {
		for (const place of leaf.slash) roots.set(place.root, [...(roots.get(place.root) ?? []), { place, leaf }]);
	}
	return [...roots].map(([name, entries]) => ({ name, entries })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is registered with Discord, made from the definitions alone. */
export function applicationCommands(leaves: readonly Leaf[], menus: readonly Menu[], languages: Languages): CommandJson[] {
	return [...slashRoots(leaves).map((root) => rootJson(root, languages)), ...menus.map((menu) => menuJson(menu, languages))];
}

/** The name that a context menu shows: what the language file gives as its description. */
export function menuName(menu: Menu, languages: Languages): string {
	return languages.command(menu.leaf.id).description;
}

function rootJson({ name, entries }: SlashRoot, languages: Languages): CommandJson {
	const leaves = entries.map(({ leaf }) => leaf);
	const single = entries.length === 1 && entries[0]?.place.name === null ? entries[0].leaf : null;
	return {
		type: ApplicationCommandType.ChatInput,
		name,
		...described(languages, (locale) =>
			single ? languages.command(single.id, locale).description : rootDescription(name, leaves, languages, locale)
		),
		options: single ? optionsOf(single, languages) : subcommands(entries, languages),
		...placement(leaves)
	};
}

function menuJson(menu: Menu, languages: Languages): CommandJson {
	const type = menu.target === 'user' ? ApplicationCommandType.User : ApplicationCommandType.Message;
	return { type, name: menuName(menu, languages), ...placement([menu.leaf]) };
}

function subcommands(entries: SlashRoot['entries'], languages: Languages): APIApplicationCommandOption[] {
	const options: APIApplicationCommandOption[] = [];
	const groups = new Map<string, APIApplicationCommandSubcommandOption[]>();
	for (const { place, leaf } of entries) {
		if (place.name === null) throw new Error(`/${place.root} is a command (${leaf.id}) and a root of others.`);
		const subcommand: APIApplicationCommandSubcommandOption = {
			type: ApplicationCommandOptionType.Subcommand,
			name: place.name,
			...described(languages, (locale) => languages.command(leaf.id, locale).description),
			options: optionsOf(leaf, languages)
		};
		if (place.group === null) {
			options.push(subcommand);
			continue;
		}
		const group = groups.get(place.group);
		if (group) {
			group.push(subcommand);
			continue;
		}
		const members = [subcommand];
		groups.set(place.group, members);
		options.push({
			type: ApplicationCommandOptionType.SubcommandGroup,
			name: place.group,
			...described(languages, (locale) => rootDescription(`${place.root} ${place.group}`, [leaf], languages, locale)),
			options: members
		});
	}
	return options;
}

/** Discord wants what is required first; by prefix the definition's own order holds. */
function optionsOf(leaf: Leaf, languages: Languages): APIApplicationCommandBasicOption[] {
	const options = [...leaf.options].map(([name, { kind, required }]): APIApplicationCommandBasicOption => {
		const text = (locale: string) => optionText(languages.command(leaf.id, locale), name, leaf);
		return { ...kind.slash, name: slashName(name), ...described(languages, text), required } as APIApplicationCommandBasicOption;
	});
	return options.sort((a, b) => Number(b.required) - Number(a.required));
}

function optionText({ options }: CommandText, name: string, leaf: Leaf): string {
	const text = options[name];
	if (text === undefined) throw new Error(`The language file says nothing about the option "${name}" of "${leaf.id}".`);
	return text;
}

/** What a root is about: its own sentence under `roots` of the module's file, else the description of its first command. */
function rootDescription(path: string, leaves: readonly Leaf[], languages: Languages, locale: string): string {
	for (const leaf of leaves) {
		const { roots } = languages.resource(leaf.module, locale);
		const text = typeof roots === 'object' ? Reflect.get(roots, path.replaceAll(' ', '-')) : undefined;
		if (typeof text === 'string') return text;
	}
	const [first] = leaves;
	return first === undefined ? path : languages.command(first.id, locale).description;
}

const LONGEST_DESCRIPTION = 100;

function described(languages: Languages, text: (locale: string) => string) {
	const cut = (sentence: string) => (sentence.length <= LONGEST_DESCRIPTION ? sentence : `${sentence.slice(0, LONGEST_DESCRIPTION - 1)}…`);
	const others = languages.locales.filter((locale) => locale !== 'en-US' && locale !== 'en-XA');
	return {
		description: cut(text('en-US')),
		...(others.length > 0 && { description_localizations: Object.fromEntries(others.map((locale) => [locale, cut(text(locale))])) })
	};
}

/** Where Discord shows a root, and to whom. The run-time guards stay the gate. */
function placement(leaves: readonly Leaf[]) {
	const everywhere = leaves.every((leaf) => leaf.where === 'both');
	const outside = leaves.some((leaf) => leaf.where !== 'guild');
	const shared = rootPermissions(leaves);
	return {
		contexts: outside
			? [InteractionContextType.Guild, InteractionContextType.BotDM, ...(everywhere ? [InteractionContextType.PrivateChannel] : [])]
			: [InteractionContextType.Guild],
		integration_types: everywhere
			? [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall]
			: [ApplicationIntegrationType.GuildInstall],
		...(shared !== 0n && { default_member_permissions: shared.toString() })
	};
}

/**
 * What a member must hold to see a root, as a bit field; 0 when everybody sees it.
 *
 * Administrators see every root, so a command that is theirs or the owner's alone does not hide the others.
 */
export function rootPermissions(leaves: readonly Leaf[]): bigint {
	const { Administrator } = PermissionsBitField.Flags;
	const open = leaves.filter(({ permissions }) => !permissions.guildOwner && !permissions.member.includes('Administrator'));
	if (open.length === 0) return Administrator;
	return open.map((leaf) => new PermissionsBitField(leaf.permissions.member).bitfield).reduce((a, b) => a & b);
}
