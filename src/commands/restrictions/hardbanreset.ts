import { defineCommand } from '#lib/commands/pieces.js';
import { resetAll } from './_reset.js';

export const Hardbanreset = defineCommand({
	id: 'restrictions.hardbanreset',
	name: 'hardbanreset',
	permissions: { guildOwner: true },
	slash: 'restrict hardban reset',
	run: (context) => resetAll(context, 'hardban')
});
