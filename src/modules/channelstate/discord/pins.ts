import { DiscordAPIError, MessageReferenceType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { discordCodeOf, onDiscordCode } from '#lib/errors/discordCodes.js';
import type { PinDiscord, PinRefusal } from '../ports.js';

const refusals = new Map<number, PinRefusal>([
	[RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel, 'pins-full'],
	[RESTJSONErrorCodes.CannotExecuteActionOnSystemMessage, 'system-message'],
	[RESTJSONErrorCodes.UnknownMessage, 'no-message'],
	[RESTJSONErrorCodes.UnknownChannel, 'no-channel'],
	[RESTJSONErrorCodes.MissingAccess, 'no-pin-permission'],
	[RESTJSONErrorCodes.MissingPermissions, 'no-pin-permission']
]);

/** Pins by REST. */
export function pinDiscord(rest: Pick<REST, 'get' | 'put' | 'delete'>): PinDiscord {
	async function change(work: Promise<unknown>): Promise<PinRefusal | null> {
		try {
			await work;
			return null;
		} catch (error) {
			const refusal = error instanceof DiscordAPIError ? refusals.get(discordCodeOf(error) ?? 0) : undefined;
			if (refusal === undefined) throw error;
			return refusal;
		}
	}
	return {
		async find(channelId, messageId) {
			const hidden = [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingAccess];
			const found = await onDiscordCode(rest.get(Routes.channelMessage(channelId, messageId)), hidden, null);
			if (typeof found !== 'object' || found === null) return null;
			const { pinned, message_reference: reference }: { pinned?: unknown; message_reference?: unknown } = found;
			return { pinned: pinned === true, repliedTo: repliedTo(reference) };
		},
		pin: (channelId, messageId, reason) => change(rest.put(Routes.channelMessagesPin(channelId, messageId), { reason })),
		unpin: (channelId, messageId, reason) => change(rest.delete(Routes.channelMessagesPin(channelId, messageId), { reason }))
	};
}

/** Discord refers to a message that is forwarded in the same way as to one that is answered. */
function repliedTo(reference: unknown): string | null {
	if (typeof reference !== 'object' || reference === null) return null;
	const { message_id: id, type = MessageReferenceType.Default }: { message_id?: unknown; type?: unknown } = reference;
	return typeof id === 'string' && type === MessageReferenceType.Default ? id : null;
}
