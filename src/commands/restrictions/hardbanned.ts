import { defineCommand } from '#lib/commands/pieces.js';
import { showList } from './_list.js';

export const Hardbanned = defineCommand({
	id: 'restrictions.hardbanned',
	name: 'hardbanned',
	aliases: ['hardbanlist'],
	permissions: { member: ['Administrator'] },
	slash: 'restrict hardban list',
	run: (context) => showList(context, 'hardban')
});
