import { defineCommand } from '#lib/commands/pieces.js';
import { resetAll } from './_reset.js';

export const Uwulockreset = defineCommand({
	id: 'restrictions.uwulockreset',
	name: 'uwulockreset',
	permissions: { guildOwner: true },
	slash: 'restrict uwu reset',
	run: (context) => resetAll(context, 'uwulock')
});
