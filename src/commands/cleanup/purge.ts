import { boolean, integer, optional, user, withDefault } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { cooldown, permissions, purge, reachOf } from './_purge.js';

/** How many can be asked for. */
const most = 1_000;

export const Purge = defineCommand({
	id: 'cleanup.purge',
	name: 'purge',
	aliases: ['c', 'prune'],
	permissions,
	cooldown,
	slash: 'purge messages',
	options: { amount: integer({ min: 1, max: most }), member: optional(user()), pinned: withDefault(boolean(), false) },
	run(context, { amount, member, pinned }) {
		const keepPinned = !pinned;
		if (member === null) return purge(context, { kind: 'any' }, reachOf({ amount, scan: keepPinned ? most : amount, keepPinned }));
		return purge(context, { kind: 'member', userId: member.id }, reachOf({ amount, scan: most, keepPinned }));
	}
});
