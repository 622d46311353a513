import { type Command, CommandStore } from '@sapphire/framework';
import type { Languages } from '#lib/i18n/languages.js';
import { CommandIndex } from './commandIndex.js';
import type { Defined } from './pieces.js';
import { SlashIndex } from './slash/slashIndex.js';
import { menuName, slashRoots } from './slash/slashJson.js';
import { slashPiece } from './slash/slashPieces.js';

/** Sapphire's store of commands, with the index of what can be typed and the slash roots, made when all definitions are loaded. */
export class HouseCommandStore extends CommandStore {
	/** @throws Error when two commands want one path or one place in the slash list. */
	public override async loadAll(): Promise<void> {
		await super.loadAll();
		const { kit } = this.container;
		const { leaves, groups, menus } = definedIn(this.values());
		kit.index = new CommandIndex(leaves, groups);
		kit.slash = slashIndexOf({ leaves, menus }, kit.languages);
		for (const root of slashRoots(leaves)) await this.loadPiece({ name: root.name, piece: slashPiece(root) });
		// Discord calls a menu by the name that it shows.
		for (const menu of menus) this.aliases.set(menuName(menu, kit.languages), this.resolve(menu.leaf.id));
	}
}

/** What all loaded pieces define together. */
export function definedIn(pieces: Iterable<Command>): Defined {
	return combine([...pieces].map((piece) => Reflect.get(piece.constructor, 'defined') as Defined | undefined));
}

/** The same from imported modules, without a client: for `npm run commands` and the documents. */
export function definedInModules(modules: Iterable<object>): Defined {
	const exported = [...modules].flatMap((module) => Object.values(module));
	return combine(
		exported.map((value) => (typeof value === 'function' ? (Reflect.get(value, 'defined') as Defined | undefined) : undefined))
	);
}

function slashIndexOf({ leaves, menus }: Pick<Defined, 'leaves' | 'menus'>, languages: Languages): SlashIndex {
	return new SlashIndex(leaves, new Map(menus.map((menu) => [menuName(menu, languages), menu])));
}

function combine(all: readonly (Defined | undefined)[]): Defined {
	const present = all.filter((one) => one !== undefined);
	return {
		leaves: present.flatMap(({ leaves }) => leaves),
		groups: present.flatMap(({ groups }) => groups),
		menus: present.flatMap(({ menus }) => menus)
	};
}
