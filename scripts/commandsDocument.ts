/** `npm run docs:commands`: writes docs/commands.md from the definitions and the catalogue's list. `--check` only compares. */

import type { Leaf } from '#lib/commands/leaf.js';
import { usage } from '#lib/commands/usage.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { catalogueCommands } from './catalogueCommands.js';
import { loadDefinitions, pathOf } from './commandList.js';
import { type CommandModule, commandModules } from './commandModules.js';
import { writeDocument } from './writeDocument.js';

const languages = loadLanguages();
const defined = await loadDefinitions();
const modules = commandModules(defined, languages);
const there = modules.filter(({ leaves, menus, folded }) => leaves.length + menus.length + folded.length > 0);

const cell = (text: string) => text.replaceAll('|', '\\|');
const code = (words: readonly string[]) => cell(words.map((word) => `\`${word}\``).join(', '));

function permissionOf({ permissions: { member, guildOwner, staff } }: Leaf): string {
	if (staff !== null) return staff === 'owner' ? 'owners of the bot' : 'staff of the bot';
	return guildOwner ? 'owner of the server' : member.join(', ');
}

function slashOf({ slash, noSlash }: Leaf): string {
	return slash.length > 0 ? code(slash.map((place) => `/${pathOf(place)}`)) : `none: ${cell(noSlash ?? '')}`;
}

function cooldownOf({ cooldown }: Leaf): string {
	if (cooldown === 'normal') return '';
	return typeof cooldown === 'string' ? cooldown : `${cooldown.uses} in ${cooldown.seconds} s for a ${cooldown.scope}`;
}

const rowOf = (leaf: Leaf) =>
	`| ${code([usage(leaf, '')])} | ${code(leaf.aliases)} | ${permissionOf(leaf)} | ${slashOf(leaf)} | ${cooldownOf(leaf)} |`;

const table = (head: readonly string[], rows: readonly string[]) =>
	rows.length === 0 ? [] : [`| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.join('\n')}`];

function sectionOf({ number, title, folders, leaves, menus, groups, folded, toCome }: CommandModule): string {
	return [
		`## ${number} ${title}${folders.length === 0 ? '' : ` (${folders.map((folder) => `\`${folder}\``).join(', ')})`}`,
		...table(['Command', 'Aliases', 'Permission', 'Slash', 'Cooldown'], leaves.map(rowOf)),
		...table(
			['Menu', 'On a'],
			menus.map(({ leaf, target }) => `| ${cell(languages.command(leaf.id).description)} | ${target} |`)
		),
		...(groups.length === 0 ? [] : [`Groups, whose bare word shows what is below it: ${code(groups)}.`]),
		...(folded.length === 0 ? [] : ['Folded or left out:']),
		...table(
			['Catalogue', 'What stands for it, or why it is not there'],
			folded.map(({ row, reason }) => `| ${code([row])} | ${cell(reason)} |`)
		),
		...(toCome.length === 0 ? [] : [`To come: ${code(toCome)}.`])
	].join('\n\n');
}

const total = Object.values(catalogueCommands).flat().length;
const open = modules.reduce((sum, { toCome }) => sum + toCome.length, 0);
const without = defined.leaves.filter(({ slash }) => slash.length === 0).sort((a, b) => (a.path < b.path ? -1 : 1));

await writeDocument(
	'docs/commands.md',
	`# Commands

Made by \`npm run docs:commands\` from the definitions in \`src/commands\`. Commands: ${defined.leaves.length}; entries of menus: ${defined.menus.length}. The catalogue has ${total} rows; **${total - open}
of ${total}** are there as a command, as the bare word of a group, or folded into something else.

\`<>\` is needed, \`[]\` can be left out. Where no cooldown is said, every command counts: 3 in 5 s for a member.

${there.map(sectionOf).join('\n\n')}

## Not begun

${modules
	.filter((module) => !there.includes(module))
	.map(({ number, title }) => `${number} ${title} (${catalogueCommands[number]?.length ?? 0})`)
	.join(', ')}.

## Without a slash form (${without.length})

${table(
	['Command', 'Why'],
	without.map((leaf) => `| \`${leaf.path}\` | ${cell(leaf.noSlash ?? '')} |`)
).join('\n')}
`
);
