import { duration, optional, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { ban } from './_ban.js';
import { reasonOption } from './_options.js';

export const Tempban = defineCommand({
	id: 'moderation.tempban',
	name: 'tempban',
	permissions: { member: ['BanMembers'], bot: ['BanMembers'] },
	slash: 'mod tempban',
	options: { user: user(), duration: duration({ min: 60_000, max: 5 * 365 * 86_400_000 }), reason: optional(reasonOption()) },
	run: (context, { user: target, duration: durationMs, reason }) => ban(context, { user: target, durationMs, deleteDays: null, reason })
});
