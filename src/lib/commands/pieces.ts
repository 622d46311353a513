import { Command, type MessageCommand, type PreconditionEntryResolvable } from '@sapphire/framework';
import { Subcommand, type SubcommandMapping } from '@sapphire/plugin-subcommands';
import type { ContextMenuCommandInteraction, Message } from 'discord.js';
import type { CommandInput, GroupInput, Where } from './definition.js';
import type { GuardName } from './guards/guards.js';
import { leafGuards } from './guards/guards.js';
import { type Leaf, type LeafGroup, leafOf, leavesOf } from './leaf.js';
import { type Menu, type MenuInput, type MenuKind, menuOf } from './menu.js';
import type { Options } from './options/option.js';
import { runMenu, runTyped } from './run.js';

declare module '@sapphire/framework' {
	interface Preconditions extends Record<GuardName, { leaf: Leaf }> {}
}

/** What a definition brings into the bot; read off the loaded piece classes. */
export interface Defined {
	readonly leaves: readonly Leaf[];
	readonly groups: readonly LeafGroup[];
	readonly menus: readonly Menu[];
}

/** The guards that hang on a leaf, in their order. */
export function guardsOf(leaf: Leaf): PreconditionEntryResolvable[] {
	return leafGuards.map((name) => ({ name, context: { leaf } }));
}

/** A command without subcommands. Its sentences lie in the language file under its id. */
export function defineCommand<const O extends Options = Record<never, never>, W extends Where = 'guild'>(input: CommandInput<O, W>) {
	const leaf = leafOf(input);
	return class extends Command {
		public static readonly defined: Defined = { leaves: [leaf], groups: [], menus: [] };

		public constructor(context: Command.LoaderContext) {
			super(context, { name: leaf.id, preconditions: guardsOf(leaf) });
		}

		public override messageRun(message: Message, _args: unknown, context: MessageCommand.RunContext) {
			return runTyped(leaf, message, context);
		}
	};
}

/** A command with subcommands, routed by the subcommand plugin. */
export function defineGroup(input: GroupInput) {
	const { group, subgroups, leaves } = leavesOf(input);
	return class extends Subcommand {
		public static readonly defined: Defined = { leaves, groups: [group, ...subgroups], menus: [] };

		public constructor(context: Subcommand.LoaderContext) {
			super(context, { name: group.id, subcommands: mappings(leaves) });
		}
	};
}

/** An entry of the menu on a message or a member. */
export function defineContextMenu<K extends MenuKind, W extends Where = 'guild'>(input: MenuInput<K, W>) {
	const menu = menuOf(input);
	return class extends Command {
		public static readonly defined: Defined = { leaves: [], groups: [], menus: [menu] };

		public constructor(context: Command.LoaderContext) {
			super(context, { name: menu.leaf.id, preconditions: guardsOf(menu.leaf) });
		}

		public override contextMenuRun(interaction: ContextMenuCommandInteraction) {
			return runMenu(menu, interaction);
		}
	};
}

function mappings(leaves: readonly Leaf[]): SubcommandMapping[] {
	const method = (leaf: Leaf, name: string) => ({
		name,
		preconditions: guardsOf(leaf),
		messageRun: (message: Message, _args: unknown, context: MessageCommand.RunContext) => runTyped(leaf, message, context)
	});
	const found: SubcommandMapping[] = [];
	const entries = new Map<string, ReturnType<typeof method>[]>();
	for (const leaf of leaves) {
		const [first = leaf.id, second] = leaf.route;
		if (second === undefined) {
			found.push(method(leaf, first));
			continue;
		}
		const group = entries.get(first) ?? [];
		if (!entries.has(first)) found.push({ name: first, type: 'group', entries: group });
		entries.set(first, group);
		group.push(method(leaf, second));
	}
	return found;
}
