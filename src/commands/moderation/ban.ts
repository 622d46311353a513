import { choice, duration, optional, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { ban } from './_ban.js';
import { reasonOption } from './_options.js';

export const Ban = defineCommand({
	id: 'moderation.ban',
	name: 'ban',
	permissions: { member: ['BanMembers'], bot: ['BanMembers'] },
	slash: 'ban',
	options: {
		user: user(),
		duration: optional(duration({ min: 60_000, max: 5 * 365 * 86_400_000 })),
		deleteDays: optional(choice(['0', '1', '7'])),
		reason: optional(reasonOption())
	},
	run: (context, { user: target, duration: durationMs, deleteDays, reason }) =>
		ban(context, { user: target, durationMs, deleteDays: deleteDays === null ? null : Number(deleteDays), reason })
});
