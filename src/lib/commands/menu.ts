import type { APIModalInteractionResponseCallbackData, GuildMember, Message, User } from 'discord.js';
import type { CommandContext } from './context/commandContext.js';
import type { AnyLeaf, LeafPermissions, Where } from './definition.js';
import { type Leaf, leafOf } from './leaf.js';

export type MenuKind = 'user' | 'message';

export interface MenuTargets {
	readonly user: { readonly user: User; readonly member: GuildMember | null };
	readonly message: { readonly message: Message };
}

/** The use of a context menu. Only here a form can be shown: it must be the first answer. */
export interface MenuContext<W extends Where = Where> extends CommandContext<W> {
	showForm(form: APIModalInteractionResponseCallbackData): Promise<void>;
}

/** An entry of a context menu. Its name is its description in the language file, at most 32 characters. */
export interface MenuInput<K extends MenuKind, W extends Where> {
	readonly id: string;
	readonly target: K;
	readonly where?: W;
	readonly answer?: 'public' | 'private';
	/** The id of the command that does the same: when that one is switched off or kept for roles, so is this entry. */
	readonly command?: string;
	readonly permissions?: LeafPermissions;
	run(context: MenuContext<W>, target: MenuTargets[K]): Promise<unknown>;
}

/** A context-menu entry worked out of its definition. Its leaf carries guards and context, and takes no arguments. */
export interface Menu {
	readonly leaf: Leaf;
	readonly target: MenuKind;
	run(context: MenuContext, target: MenuTargets[MenuKind]): Promise<unknown>;
}

type AnyMenu = Omit<AnyLeaf, 'run' | 'name' | 'slash'> & {
	readonly id: string;
	readonly command?: string;
	readonly target: MenuKind;
	run(context: MenuContext, target: MenuTargets[MenuKind]): Promise<unknown>;
};

export function menuOf<K extends MenuKind, W extends Where>(input: MenuInput<K, W>): Menu;
export function menuOf(input: AnyMenu): Menu {
	const { id, command = id, where = 'guild', answer = 'private', permissions = {} } = input;
	const own = leafOf({ id, name: id, where, answer, permissions, slash: { none: 'menu' }, run: async () => undefined });
	const leaf: Leaf = { ...own, command };
	return { leaf, target: input.target, run: (context, target) => input.run(context, target) };
}
