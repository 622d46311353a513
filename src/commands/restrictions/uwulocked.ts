import { defineCommand } from '#lib/commands/pieces.js';
import { showList } from './_list.js';

export const Uwulocked = defineCommand({
	id: 'restrictions.uwulocked',
	name: 'uwulocked',
	aliases: ['uwulocklist'],
	permissions: { member: ['ManageMessages'] },
	slash: 'restrict uwu list',
	run: (context) => showList(context, 'uwulock')
});
