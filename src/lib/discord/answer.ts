import { type BaseMessageOptions, type Message, PermissionFlagsBits } from 'discord.js';
import { channelOf } from './channelOf.js';

/**
 * Answers a message: as a reply, also when it is gone by now. Discord lets nobody reply where he may not read the history:
 * there the answer is a message of its own.
 */
export function answerTo(message: Message, options: BaseMessageOptions): Promise<Message> {
	const channel = channelOf(message);
	if (!mayWeAt(message, PermissionFlagsBits.ReadMessageHistory) && channel?.isSendable()) return channel.send(options);
	return message.reply({ ...options, failIfNotExists: false });
}

/** Whether anything that we say would arrive where a message stands. */
export function maySpeakAt(message: Message): boolean {
	const { SendMessages, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;
	return mayWeAt(message, ViewChannel | (channelOf(message)?.isThread() ? SendMessagesInThreads : SendMessages));
}

/** Whether we may do that where a message stands: as far as is known, so also where the channel or the server is gone since. */
export function mayWeAt(message: Message, permission: bigint): boolean {
	const me = message.guild?.members.me ?? null;
	const channel = channelOf(message);
	if (me === null || channel === null || channel.isDMBased()) return true;
	return channel.permissionsFor(me).has(permission);
}
