import { defineCommand } from '#lib/commands/pieces.js';
import { showList } from './_list.js';

export const Shutuplist = defineCommand({
	id: 'restrictions.shutuplist',
	name: 'shutuplist',
	aliases: ['stfulist'],
	permissions: { member: ['ManageMessages'] },
	slash: 'restrict silence list',
	run: (context) => showList(context, 'shutup')
});
