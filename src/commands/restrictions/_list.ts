import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import { restrictionLines } from '#modules/restrictions/view/list.js';

type Listed = 'hardban' | 'forcenick' | 'uwulock' | 'shutup' | 'autokick' | 'private_allow' | 'detention';

/** Shows everybody who has one kind of restriction. @throws the refusal, when nobody has */
export async function showList(context: CommandContext<'guild'>, kind: Listed): Promise<void> {
	const all = await container.services.restrictions.rules.list(context.guild.id, kind);
	if (all.length === 0) throw refusal('restrictions', `no-${kind}`);
	const { users } = context.client;
	const lines = restrictionLines(all, context.t, (userId) => users.cache.get(userId)?.username ?? null);
	await context.paginate({ title: context.t(`restrictions:list.titles.${kind}`, { count: all.length }), lines, numbered: true });
}
