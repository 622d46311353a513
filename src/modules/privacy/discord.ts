import { RESTJSONErrorCodes, type User } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { DataFile } from './file.js';

/** Sends the file by direct message. False when the person does not take any. */
export async function sendFile(user: User, content: string, file: DataFile): Promise<boolean> {
	const sending = user.send({ content, files: [{ attachment: file.bytes, name: file.name }] }).then(() => true);
	return onDiscordCode(sending, [RESTJSONErrorCodes.CannotSendMessagesToThisUser], false);
}
