import { RESTJSONErrorCodes, type User } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import type { TimedRemovals } from '#lib/discord/timedRemovals.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Consents } from './consent.js';
import type { DataFile } from './file.js';
import { consentNotice } from './view.js';

/** Sends the file by direct message. False when the person does not take any. */
export async function sendFile(user: User, content: string, file: DataFile): Promise<boolean> {
	const sending = user.send({ content, files: [{ attachment: file.bytes, name: file.name }] }).then(() => true);
	return onDiscordCode(sending, [RESTJSONErrorCodes.CannotSendMessagesToThisUser], false);
}

/** Time enough to read it; afterwards `privacy` has the same buttons. Milliseconds. */
const noticeStaysMs = 60_000;

/**
 * After the answer of a command: tells a person who is not known yet what is stored. A message of its own, so that no command waits for
 * it; only the caller sees it by slash, and it does not stay in a server's channel.
 */
export async function tellAfter(context: CommandContext, consent: Pick<Consents, 'tell'>, removals: TimedRemovals): Promise<void> {
	// These say it themselves. After a form, which a menu may have shown, Discord takes no further message.
	if (context.leaf.module === 'privacy' || context.flow === 'menu') return;
	await consent.tell(context.user.id, async () => {
		const sent = await context.reply({ ...consentNotice(context.user, context.t), private: true });
		if (context.flow === 'prefix' && context.guildId !== null) removals.add(sent, noticeStaysMs);
	});
}
