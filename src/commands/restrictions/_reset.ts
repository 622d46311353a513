import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import { performedOf, sureAbout } from '#modules/moderation/answer.js';

/** Takes one kind of restriction away from everybody, for the owner of the server, once he is sure. */
export async function resetAll(context: CommandContext<'guild'>, kind: 'hardban' | 'uwulock' | 'shutup'): Promise<void> {
	const { moderation } = container.services.moderation;
	const { guild, user } = context;
	const count = (await container.services.restrictions.rules.list(guild.id, kind)).length;
	if (count === 0) throw refusal('restrictions', `no-${kind}`);
	const order = { type: `${kind}reset`, guildId: guild.id, actorId: user.id };
	if (!(await sureAbout(context, moderation, order, { question: `restrictions:reset.${kind}.sure`, values: { count } }))) return;
	// The server may have another owner by now.
	if (guild.ownerId !== user.id) throw refusal('commands', 'guild-owner-only');
	const { case: one } = performedOf(await moderation.perform(order));
	await context.success(`restrictions:reset.${kind}.done`, { count: Number(one.details['count']), number: one.number });
}
