import { Command } from '@sapphire/framework';
import { container } from '@sapphire/pieces';
import { Subcommand, type SubcommandMapping } from '@sapphire/plugin-subcommands';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { requestOfInteraction } from '../guards/guardRequest.js';
import { type GuardName, guardOrder, wouldRefuse } from '../guards/guards.js';
import type { Leaf } from '../leaf.js';
import { guardsOf } from '../pieces.js';
import { runSlash } from '../run.js';
import type { SlashRoot } from './slashJson.js';
import { slashName } from './slashName.js';

type CommandClass = new (context: Command.LoaderContext) => Command;

/** A slash root as a piece: a command of its own, or a subcommand piece that routes into leaves of any module. */
export function slashPiece(root: SlashRoot): CommandClass {
	const [first] = root.entries;
	return first !== undefined && first.place.name === null ? singlePiece(root.name, first.leaf) : groupPiece(root);
}

function singlePiece(name: string, leaf: Leaf): CommandClass {
	return class extends Command {
		public constructor(context: Command.LoaderContext) {
			super(context, { name, preconditions: guardsOf(leaf) });
		}

		public override chatInputRun(interaction: ChatInputCommandInteraction) {
			return runSlash(leaf, interaction);
		}

		public override autocompleteRun(interaction: AutocompleteInteraction) {
			return complete(interaction);
		}
	};
}

function groupPiece({ name, entries }: SlashRoot): CommandClass {
	return class extends Subcommand {
		public constructor(context: Subcommand.LoaderContext) {
			super(context, { name, subcommands: mappings(entries) });
		}

		public override autocompleteRun(interaction: AutocompleteInteraction) {
			return complete(interaction);
		}
	};
}

function mappings(entries: SlashRoot['entries']): SubcommandMapping[] {
	const method = (leaf: Leaf, name: string) => ({
		name,
		preconditions: guardsOf(leaf),
		chatInputRun: (interaction: ChatInputCommandInteraction) => runSlash(leaf, interaction)
	});
	const direct = entries.filter(({ place }) => place.group === null).map(({ place, leaf }) => method(leaf, place.name ?? leaf.id));
	const groups = Map.groupBy(
		entries.filter(({ place }) => place.group !== null),
		({ place }) => place.group ?? ''
	);
	return [
		...direct,
		...[...groups].map(([name, members]) => ({
			name,
			type: 'group' as const,
			entries: members.map(({ place, leaf }) => method(leaf, place.name ?? leaf.id))
		}))
	];
}

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** Suggestions tell what is stored: they are for those who may use the command. */
const suggestionGuards: readonly GuardName[] = guardOrder.filter((name) => name !== 'cooldown');

async function complete(interaction: AutocompleteInteraction): Promise<void> {
	const { kit } = container;
	const leaf = kit.slash.leafOf(interaction);
	const refused = leaf && (await wouldRefuse(suggestionGuards, requestOfInteraction(interaction, leaf, 'slash'), kit));
	if (refused !== null) return interaction.respond([]);
	const focused = interaction.options.getFocused(true);
	const option = [...(leaf?.options ?? [])].find(([name]) => slashName(name) === focused.name)?.[1];
	const others = Object.fromEntries(
		[...(leaf?.options.keys() ?? [])].flatMap((name) => {
			const value = interaction.options.get(slashName(name))?.value;
			return value === undefined || slashName(name) === focused.name ? [] : [[name, value] as const];
		})
	);
	const { guildId, user, locale } = interaction;
	const choices = (await option?.kind.autocomplete?.(String(focused.value), { guildId, userId: user.id, locale, others })) ?? [];
	await interaction.respond(choices.slice(0, MOST_CHOICES).map(({ name, value }) => ({ name: name.slice(0, LONGEST_CHOICE), value })));
}
