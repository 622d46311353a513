import { container } from '@sapphire/pieces';
import { Refusal } from '#lib/errors/refusal.js';
import type { CommandContext } from '../context/commandContext.js';
import { requestOfMember } from './guardRequest.js';
import { firstRefusal, type GuardName, guardOrder } from './guards.js';

/** The caller's own cooldown was asked already. */
const asked: readonly GuardName[] = guardOrder.filter((name) => name !== 'cooldown');

/**
 * Asks the guards of a command again, with the roles that the caller has by now: after a question, or because this takes the rights for
 * another command.
 *
 * @throws the refusal. A command that is not there refuses nothing.
 */
export async function requireCommand(
	{ guild, user, channel }: Pick<CommandContext<'guild'>, 'guild' | 'user' | 'channel'>,
	id: string
): Promise<void> {
	const { kit } = container;
	const leaf = kit.index.byId(id);
	if (leaf === null) return;
	const member = await guild.members.fetch({ user: user.id, force: true });
	const here = channel === null || channel.isDMBased() ? null : channel;
	const refused = await firstRefusal(asked, await requestOfMember(leaf, member, here), kit);
	if (refused !== null) throw new Refusal({ values: {}, silent: false, ...refused });
}
