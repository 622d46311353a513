import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { messageLink, optional } from '#lib/commands/options/index.js';
import { markup } from '#lib/core/markdown.js';
import type { Outcome } from '#lib/core/outcome.js';
import { type MessageLink, messageUrl } from '#lib/discord/messageLink.js';
import { refusal } from '#lib/errors/refusal.js';
import type { Pinned, PinRequest } from '#modules/channelstate/service/pins.js';

export const pinOptions = { message: optional(messageLink()) };
export const pinPermissions = { member: ['PinMessages'], bot: ['PinMessages', 'ReadMessageHistory'], elsewhere: true } as const;

/** Carries a pin out, or takes one off, and answers with a link. */
export async function changePin(
	context: CommandContext<'guild'>,
	link: MessageLink | null,
	change: (request: PinRequest) => Promise<Outcome<Pinned>>,
	done: 'channelstate:pins.pinned' | 'channelstate:pins.unpinned'
): Promise<void> {
	const { guild, user, channelId, messageId } = context;
	const call = { guildId: guild.id, userId: user.id, username: user.username, channelId, callerMessageId: messageId };
	const outcome = await change({ ...call, link });
	if (!outcome.ok) {
		const isHere = link === null || link.channelId === channelId;
		if (outcome.code === 'not-there' && isHere) throw refusal('commands', 'missing-permissions', outcome.values);
		throw refusal('channelstate', outcome.code, outcome.values);
	}
	await context.success(done, { link: markup(messageUrl({ guildId: guild.id, ...outcome.value })) });
}
