import { duration, optional, rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { toggle } from './_toggle.js';

const year = 365 * 86_400_000;

export const Uwulock = defineCommand({
	id: 'restrictions.uwulock',
	name: 'uwulock',
	permissions: { member: ['ManageMessages'], bot: ['ManageMessages', 'ManageWebhooks'] },
	slash: 'restrict uwu toggle',
	options: {
		member: user(),
		duration: optional(duration({ min: 60_000, max: year })),
		reason: optional(rest({ max: 1_000 }))
	},
	run: (context, { member: target, duration: durationMs, reason }) => toggle(context, 'uwulock', target, { durationMs, reason })
});
