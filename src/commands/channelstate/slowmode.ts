import { optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { delay, lasting, place } from '#modules/channelstate/options.js';
import { performHere } from './_perform.js';

export const Slowmode = defineCommand({
	id: 'channelstate.slowmode',
	name: 'slowmode',
	aliases: ['sm'],
	slash: 'slowmode',
	permissions: { member: ['ManageChannels'] },
	options: {
		delay: delay(),
		channel: optional(place({ withThreads: true, byName: true })),
		for: optional(lasting({ min: 10_000, max: 30 * 86_400_000 }))
	},
	run: (context, { delay: seconds, channel, for: durationMs }) =>
		performHere(context, { type: 'slowmode', channel, durationMs, details: { seconds } })
});
