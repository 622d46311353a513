import { integer, withDefault } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { cooldown, filtered, permissions, purge, reachOf } from './_purge.js';

export const BotPurge = defineCommand({
	id: 'cleanup.botpurge',
	name: 'botpurge',
	aliases: ['bc', 'botclear', 'bp'],
	permissions,
	cooldown,
	slash: { none: 'it is /purge bots' },
	options: { amount: withDefault(integer({ min: 1, max: filtered.most }), filtered.amount) },
	run: (context, { amount }) => purge(context, { kind: 'bots' }, reachOf({ amount }))
});
