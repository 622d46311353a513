import type { APIActionRowComponent, APIEmbed, APIStringSelectComponent } from 'discord.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { GuardKit } from '#lib/commands/guards/guards.js';
import { type Asker, accessOf } from './access.js';
import { type Category, leavesIn } from './catalogue.js';
import { categorySelects, categoryView, type Wording } from './view.js';

interface CategoryPage {
	readonly embeds: readonly APIEmbed[];
	readonly components: readonly APIActionRowComponent<APIStringSelectComponent>[];
}

/** A category as one person sees it, with the select that leads to the others. */
export async function categoryPage(
	module: string,
	categories: readonly Category[],
	asker: Asker,
	wording: Wording,
	kit: GuardKit & { readonly index: CommandIndex }
): Promise<CategoryPage> {
	const leaves = leavesIn(kit.index, module);
	const entries = await Promise.all(leaves.map(async (leaf) => ({ leaf, access: await accessOf(leaf, asker, kit) })));
	const name = categories.find((category) => category.module === module)?.name ?? module;
	return { embeds: [categoryView(name, entries, wording)], components: categorySelects(categories, asker.userId, wording.t) };
}
