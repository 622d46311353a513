import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { definedInModules } from '#lib/commands/commandStore.js';
import type { Leaf, SlashPath } from '#lib/commands/leaf.js';
import { asOption } from '#lib/commands/options/option.js';
import type { Defined } from '#lib/commands/pieces.js';
import { slashName } from '#lib/commands/slash/slashName.js';
import type { Languages } from '#lib/i18n/languages.js';

const COMMANDS = new URL('../src/commands/', import.meta.url);

/** Every file of src/commands, imported without a client or a login. */
export async function loadCommandModules(): Promise<readonly object[]> {
	const modules: object[] = [];
	for await (const file of glob('**/*.ts', { cwd: fileURLToPath(COMMANDS) })) {
		if (!file.split('/').at(-1)?.startsWith('_')) modules.push(await import(/* @vite-ignore */ new URL(file, COMMANDS).href));
	}
	return modules;
}

/** All definitions of src/commands. */
export async function loadDefinitions(): Promise<Defined> {
	return definedInModules(await loadCommandModules());
}

/** One command as machines read it. */
export interface ListedCommand {
	readonly id: string;
	readonly module: string;
	readonly name: string;
	readonly names: readonly string[];
	readonly aliases: readonly string[];
	readonly description: string;
	readonly usage: string;
	readonly where: string;
	readonly options: readonly {
		readonly name: string;
		readonly kind: string;
		readonly required: boolean;
		readonly description: string;
		readonly slashName: string;
	}[];
	/** What the caller needs in the channel. */
	readonly permission: readonly string[];
	readonly guildOwner: boolean;
	readonly botPermission: readonly string[];
	/** Kept for the people who run the bot. */
	readonly staff: string | null;
	readonly cooldown: unknown;
	/** Without the slash in front; null with a reason in `noSlash`. */
	readonly slash: string | null;
	readonly slashPaths: readonly string[];
	readonly noSlash: string | null;
}

export function listed(leaf: Leaf, languages: Languages): ListedCommand {
	const text = languages.command(leaf.id);
	const slashPaths = leaf.slash.map(pathOf);
	return {
		id: leaf.id,
		module: leaf.module,
		name: leaf.path,
		names: leaf.paths,
		aliases: leaf.aliases,
		description: text.description,
		usage: [leaf.path, ...[...leaf.options].map(([name, option]) => (option.required ? `<${name}>` : `[${name}]`))].join(' '),
		where: leaf.where,
		options: [...leaf.options].map(([name, option]) => ({
			name,
			kind: asOption(option).kind.label,
			required: option.required,
			description: text.options[name] ?? '',
			slashName: slashName(name)
		})),
		permission: leaf.permissions.member,
		guildOwner: leaf.permissions.guildOwner,
		botPermission: leaf.permissions.bot,
		staff: leaf.permissions.staff,
		cooldown: leaf.cooldown,
		slash: slashPaths[0] ?? null,
		slashPaths,
		noSlash: leaf.noSlash
	};
}

export function pathOf({ root, group, name }: SlashPath): string {
	return [root, group, name].filter((word) => word !== null).join(' ');
}
