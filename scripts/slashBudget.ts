/** `npm run docs:slash`: writes docs/slash-budget.md from the allotment and the definitions. `--check` only compares. */

import { applicationCommands, slashRoots } from '#lib/commands/slash/slashJson.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { loadDefinitions } from './commandList.js';
import { allotment } from './slashRoots.js';
import { writeDocument } from './writeDocument.js';

const MOST_ROOTS = 100;

const { leaves, menus } = await loadDefinitions();
const roots = slashRoots(leaves);
const sizes = new Map(applicationCommands(leaves, menus, loadLanguages()).map((command) => [command.name, JSON.stringify(command).length]));
const kept = allotment.flatMap((module) => module.roots);

const rows = allotment.map(({ number, title, commands, roots: own }) => {
	const shown = own.map((name) => {
		const root = roots.find((one) => one.name === name);
		return root === undefined ? `\`/${name}\`` : `**\`/${name}\`** (${root.entries.length})`;
	});
	return `| ${number} | ${title} | ${commands} | ${shown.join(', ') || 'none: only the people who run the bot use it'} |`;
});

await writeDocument(
	'docs/slash-budget.md',
	`# Slash budget

Made by \`npm run docs:slash\`. Discord takes ${MOST_ROOTS} slash roots, 25 entries on each of 3 levels, and 8,000 characters a root; the catalogue has
${allotment.reduce((sum, module) => sum + module.commands, 0)} commands. So each module has its roots from the start: ${kept.length} are allotted, ${MOST_ROOTS - kept.length} are free. Bold ones exist, with the number
of commands below them. Every command without a slash form says why in \`npm run commands\`.

| Module | | Commands | Roots |
|---|---|---|---|
${rows.join('\n')}

The largest root is \`/${[...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''}\`. Menus on members and messages: ${menus.length} (Discord takes 5 of each kind).
`
);
