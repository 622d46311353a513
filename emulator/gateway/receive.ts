import type { Discord } from '../discord.js';
import { Body, isObject } from '../rest/body.js';
import { DiscordError } from '../rest/errors.js';
import { quoteLongNumbers } from '../rest/longNumbers.js';
import type { Json, JsonObject } from '../state/types.js';
import { sendChannelInfo, sendSounds } from './channelInfo.js';
import type { Connection } from './connection.js';
import { identify } from './identify.js';
import { sendMembers } from './members.js';
import { updatePresence } from './presence.js';
import { resume } from './resume.js';
import type { Session } from './session.js';
import { updateVoiceState } from './voice.js';

/** Bytes a client may send at once. https://discord.com/developers/docs/events/gateway#sending-events */
const LARGEST = 4096;

/** Handles one message of a client. */
export function receive(discord: Discord, connection: Connection, text: string): void {
	const payload = Buffer.byteLength(text) > LARGEST ? null : parse(text);
	if (payload === null) {
		connection.close(4002, 'Decode error.');
		return;
	}
	const { op, d } = payload;
	if (op === 1) {
		beat(connection, d);
		return;
	}
	if (op === 2 || op === 6) {
		if (connection.session !== null) connection.close(4005, 'Already authenticated.');
		else if (!isObject(d)) connection.close(4002, 'Decode error.');
		else if (op === 2) identify(discord, connection, d);
		else resume(discord, connection, d);
		return;
	}
	if (typeof op !== 'number' || ![3, 4, 8, 31, 43].includes(op)) {
		connection.close(4001, 'Unknown opcode.');
		return;
	}
	if (connection.session === null) {
		connection.close(4003, 'Not authenticated.');
		return;
	}
	if (!isObject(d)) {
		connection.close(4002, 'Decode error.');
		return;
	}
	const body = new Body(d);
	try {
		act(discord, connection.session, op, body);
	} catch (error) {
		// A field that is no such thing at all. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
		if (!(error instanceof DiscordError)) throw error;
		connection.close(4002, 'Decode error.');
	}
}

function act(discord: Discord, session: Session, op: number, data: Body): void {
	if (op === 3) updatePresence(discord, session, data);
	else if (op === 4) updateVoiceState(discord, session, data);
	else if (op === 8) sendMembers(discord, session, data);
	else if (op === 31) sendSounds(discord, session, data);
	else if (op === 43) sendChannelInfo(discord, session, data);
}

function beat(connection: Connection, seq: Json | undefined): void {
	if (seq !== undefined && seq !== null && !Number.isInteger(seq)) {
		connection.close(4002, 'Decode error.');
		return;
	}
	connection.lastHeartbeat = Date.now();
	if (typeof seq === 'number') connection.session?.acknowledge(seq);
	if (!connection.ignoreHeartbeats) connection.op(11, null);
}

function parse(text: string): JsonObject | null {
	try {
		const value: unknown = JSON.parse(quoteLongNumbers(text));
		return isObject(value) ? value : null;
	} catch {
		return null;
	}
}
