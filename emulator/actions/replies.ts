import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { canView } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import { type Message, MessageFlag } from '../state/message.js';
import { messageView } from '../views/message.js';
import type { Draft } from './draft.js';
import type { Origin } from './messages.js';

const FORWARD = 1;

/** What a `message_reference` makes of a message: a reply (type 19), a forward, or nothing. */
export function readReply(call: Call, channel: Channel, draft: Draft, permissions: bigint): Origin {
	const reference = draft.reference;
	if (reference === undefined) return {};
	const sourceId = String(reference['channel_id'] ?? channel.id);
	const source = call.world.channels.get(sourceId);
	if (reference['type'] === FORWARD && !reference['channel_id'])
		throw invalidBody({ 'message_reference.channel_id': [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] });
	if (reference['type'] === FORWARD) return forward(call, source, String(reference['message_id']));
	if ((permissions & Bits.ReadMessageHistory) === 0n) throw refuse(160002);
	const original = source?.id === channel.id ? source.messages.get(String(reference['message_id'])) : undefined;
	if (original === undefined || original.onlyFor !== null) {
		if (reference['fail_if_not_exists'] === false) return {};
		throw invalidBody({ message_reference: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }] });
	}
	return { type: 19, repliedTo: original, reference: pointer(channel, original, 0) };
}

function forward(call: Call, source: Channel | undefined, messageId: string): Origin {
	const original = source?.messages.get(messageId);
	if (source === undefined || original === undefined || !canView(call.world, call.actorId, source)) {
		throw invalidBody({ message_reference: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }] });
	}
	const { id, author, channel_id, pinned, reactions, ...copy } = messageView(call.world, original);
	return { reference: pointer(source, original, FORWARD), snapshots: [{ message: copy }], flags: MessageFlag.HasSnapshot };
}

function pointer(channel: Channel, message: Message, type: number) {
	return { type, channel_id: channel.id, message_id: message.id, ...(channel.guildId === null ? {} : { guild_id: channel.guildId }) };
}
