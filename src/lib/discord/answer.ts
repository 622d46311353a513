import { type BaseMessageOptions, type Message, PermissionFlagsBits } from 'discord.js';

/**
 * Answers a message: as a reply, also when it is gone by now. Discord lets nobody reply where he may not read the history:
 * there the answer is a message of its own.
 */
export function answerTo(message: Message, options: BaseMessageOptions): Promise<Message> {
	const { channel } = message;
	if (!mayReply(message) && channel.isSendable()) return channel.send(options);
	return message.reply({ ...options, failIfNotExists: false });
}

function mayReply(message: Message): boolean {
	if (!message.inGuild()) return true;
	const me = message.guild.members.me;
	return me === null || message.channel.permissionsFor(me).has(PermissionFlagsBits.ReadMessageHistory);
}
