import { defineCommand } from '#lib/commands/pieces.js';
import { resetAll } from './_reset.js';

export const Shutupreset = defineCommand({
	id: 'restrictions.shutupreset',
	name: 'shutupreset',
	aliases: ['stfureset'],
	permissions: { guildOwner: true },
	slash: 'restrict silence reset',
	run: (context) => resetAll(context, 'shutup')
});
