import { container } from '@sapphire/pieces';
import { integer } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { cooldown, permissions, reachOf } from './_purge.js';

/** One's own messages are one's own: nothing but a membership is needed, and no case is made of it. */
export const SelfPurge = defineCommand({
	id: 'cleanup.selfpurge',
	name: 'selfpurge',
	permissions: { bot: permissions.bot },
	cooldown: { ...cooldown, scope: 'member' },
	answer: 'private',
	slash: 'purge self',
	options: { amount: integer({ min: 1, max: 100 }) },
	async run(context, { amount }) {
		const { cleanup } = container.services.cleanup;
		const { callId, channelId, messageId, user } = context;
		const filter = { kind: 'member', userId: user.id } as const;
		const { young } = await cleanup.find({ channelId, filter, reach: reachOf({ amount, scan: 1_000 }), callId });
		if (young.length === 0) throw refusal('cleanup', 'nothing-found');
		await cleanup.delete(channelId, messageId === null ? young : [...young, messageId], context.t('cleanup:reason', { id: user.id }));
		await context.success('cleanup:done.messages', { count: young.length });
	}
});
