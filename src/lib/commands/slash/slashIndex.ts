import type { AutocompleteInteraction, ChatInputCommandInteraction, ContextMenuCommandInteraction } from 'discord.js';
import type { Leaf, SlashPath } from '../leaf.js';
import type { Menu } from '../menu.js';

/** Which leaf stands where among the slash commands, and which menu has which name. */
export class SlashIndex {
	readonly #leaves = new Map<string, Leaf>();
	readonly #menus: ReadonlyMap<string, Menu>;

	/**
	 * @param menus by the name that Discord shows
	 * @throws Error when two leaves want one place.
	 */
	public constructor(leaves: readonly Leaf[], menus: ReadonlyMap<string, Menu>) {
		this.#menus = menus;
		for (const leaf of leaves) {
			for (const place of leaf.slash) {
				const key = keyOf(place);
				const other = this.#leaves.get(key);
				if (other !== undefined) throw new Error(`The slash command "/${key}" is taken twice: by ${other.id} and by ${leaf.id}.`);
				this.#leaves.set(key, leaf);
			}
		}
	}

	public leafOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): Leaf | null {
		const { options, commandName: root } = interaction;
		return this.#leaves.get(keyOf({ root, group: options.getSubcommandGroup(false), name: options.getSubcommand(false) })) ?? null;
	}

	public menuOf(interaction: ContextMenuCommandInteraction): Leaf | null {
		return this.#menus.get(interaction.commandName)?.leaf ?? null;
	}
}

function keyOf({ root, group, name }: SlashPath): string {
	return [root, group, name].filter((word) => word !== null).join(' ');
}
