import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import type { AutocompleteContext } from '#lib/commands/options/option.js';
import type { SentenceValues } from '#lib/core/outcome.js';
import { refusal } from '#lib/errors/refusal.js';
import type { CommandRules, Decision, Edit } from '#modules/commandsettings/domain.js';
import type { Names } from '#modules/commandsettings/requests.js';
import { isProtected, pathOf } from '#modules/commandsettings/targets.js';

const mostChoices = 25;

export const who = ({ guild, user }: CommandContext<'guild'>) => ({ guildId: guild.id, actorId: user.id });

/** What was changed. Throws what was refused, with the stored key as people type it. */
export function required(decision: Decision): readonly Edit[] {
	if (decision.ok) return decision.value;
	const { key, ...values }: SentenceValues = decision.values ?? {};
	throw refusal('commandsettings', decision.code, {
		...values,
		...(typeof key === 'string' && { command: pathOf(container.kit.index, key) })
	});
}

export async function rulesOf(guildId: string | null): Promise<CommandRules | null> {
	return guildId === null ? null : container.services.commandsettings.rules(guildId);
}

export async function namesIn({ guild }: CommandContext<'guild'>): Promise<Names> {
	const { index } = container.kit;
	return { index, ownWords: await container.services.commandsettings.ownWords(index, guild.id) };
}

/** A list of what is set, or the sentence that there is nothing. */
export async function showList(context: CommandContext<'guild'>, title: string, lines: readonly string[], none: string): Promise<void> {
	if (lines.length === 0) throw refusal('commandsettings', none);
	await context.paginate({ title, lines });
}

/** Groups and commands that may be switched off or kept for roles. */
export function commandChoices(typed: string) {
	const { index } = container.kit;
	const groups = index.groups.filter(({ leaves }) => !leaves.some(isProtected));
	const leaves = index.leaves.filter((leaf) => !leaf.hidden && !isProtected(leaf));
	return pathChoices(
		typed,
		[...groups, ...leaves].map(({ path }) => path)
	);
}

export async function storedChoices(typed: string, { guildId }: AutocompleteContext, keys: (rules: CommandRules) => Iterable<string>) {
	const rules = await rulesOf(guildId);
	return rules === null
		? []
		: pathChoices(
				typed,
				[...keys(rules)].map((key) => pathOf(container.kit.index, key))
			);
}

export function pathChoices(typed: string, paths: readonly string[]) {
	const wanted = typed.trim().toLowerCase();
	const found = [...new Set(paths)].filter((path) => path.toLowerCase().includes(wanted)).sort();
	return found.slice(0, mostChoices).map((path) => ({ name: path, value: path }));
}
