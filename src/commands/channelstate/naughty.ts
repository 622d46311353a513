import { defineCommand } from '#lib/commands/pieces.js';
import { naughtyMs } from '#modules/channelstate/domain/duration.js';
import { performHere } from './_perform.js';

export const Naughty = defineCommand({
	id: 'channelstate.naughty',
	name: 'naughty',
	slash: 'lock naughty',
	permissions: { member: ['ManageChannels'] },
	run: (context) => performHere(context, { type: 'naughty', channel: null, durationMs: naughtyMs })
});
