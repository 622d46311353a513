/**
 * `npm run -s commands`: every command, made from the definitions without a login. `-- --json` for machines.
 */
import { loadLanguages } from '#lib/i18n/languages.js';
import { listed, loadDefinitions } from './commandList.js';

const languages = loadLanguages();
const { leaves, menus } = await loadDefinitions();
const commands = leaves.map((leaf) => listed(leaf, languages)).sort((a, b) => (a.id < b.id ? -1 : 1));

if (process.argv.includes('--json')) {
	process.stdout.write(`${JSON.stringify(commands, null, '\t')}\n`);
} else {
	for (const { usage, slash, noSlash, description } of commands) {
		process.stdout.write(`${usage}\n    ${slash === null ? `no slash form: ${noSlash}` : `/${slash}`} – ${description}\n`);
	}
	for (const menu of menus) process.stdout.write(`${languages.command(menu.leaf.id).description}\n    menu on a ${menu.target}\n`);
}
