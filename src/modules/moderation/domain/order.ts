import type { Details } from './case.js';

/** Who shall do what to whom, why and for how long. Plain data: it is kept until its case is written. */
export interface Order {
	/** Names this order in the whole house: carried out twice, it leaves one case. */
	readonly key: string;
	/** The type of the action. */
	readonly type: string;
	readonly guildId: string;
	/** The person it is about; null for a channel, or for many. */
	readonly targetId: string | null;
	readonly channelId: string | null;
	/** Null: the bot of its own accord (a timer, a threshold). Then nobody's rank is asked but the bot's. */
	readonly actorId: string | null;
	readonly reason: string | null;
	readonly durationMs: number | null;
	/** The case that this one follows from. */
	readonly parentNumber: number | null;
	readonly details: Details;
	/** When it was given, milliseconds since 1970. */
	readonly at: number;
	/** What the target was told before it is known whether it can be done. */
	readonly told?: SentMessage;
}

/** Where a message is. */
export interface SentMessage {
	readonly channelId: string;
	readonly messageId: string;
}

/** When what is ordered ends by itself. */
export function endOf({ at, durationMs }: Pick<Order, 'at' | 'durationMs'>): number | null {
	return durationMs === null ? null : at + durationMs;
}

/** The key of the timer of a kept order. There is one at a time about a person or channel. */
export function orderTimerKey({ key, guildId, targetId, channelId }: Pick<Order, 'key' | 'guildId' | 'targetId' | 'channelId'>): string {
	const about = targetId ?? channelId;
	return about === null ? key : `${guildId}-${about}`;
}

/** With what came out of carrying it out. */
export function withDetails(order: Order, outcome: Details | void): Order {
	return outcome ? { ...order, details: { ...order.details, ...outcome } } : order;
}

/** Discord: 512 characters in the audit log. The moderator is named, since the log shows the bot. */
export function auditReason(reason: string | null, moderator: string): string {
	const tail = ` | ${moderator}`;
	const text = (reason ?? '').replaceAll(/\s+/g, ' ').trim();
	const room = 512 - tail.length;
	// Discord keeps no blanks at the edge: what is looked for later has to be what was kept.
	return ((text.length > room ? `${text.slice(0, room - 1)}…` : text) + tail).trimStart();
}

/** Whether a reason found in Discord is the one of an order. Who gave it may have left: then his name is not compared. */
export function isAuditReason(found: string | null, reason: string | null, moderator: string | null): boolean {
	if (found === null) return false;
	if (moderator !== null) return found === auditReason(reason, moderator);
	const name = found.slice(found.lastIndexOf('| ') + 2);
	return found === auditReason(reason, name);
}

const order = {
	isString: (value: unknown): value is string => typeof value === 'string',
	isNullableString: (value: unknown): value is string | null => value === null || typeof value === 'string',
	isNullableNumber: (value: unknown): value is number | null => value === null || typeof value === 'number'
};

interface Kept {
	readonly [key: string]: unknown;
}

/** An order read back from where it was kept; null when it is none. */
export function readOrder(value: unknown): Order | null {
	if (typeof value !== 'object' || value === null) return null;
	const { key, type, guildId, targetId, channelId, actorId, reason, durationMs, parentNumber, details, at, told }: Kept = { ...value };
	if (!order.isString(key) || !order.isString(type) || !order.isString(guildId) || typeof at !== 'number') return null;
	if (!order.isNullableString(targetId) || !order.isNullableString(channelId) || !order.isNullableString(actorId)) return null;
	if (!order.isNullableString(reason) || !order.isNullableNumber(durationMs) || !order.isNullableNumber(parentNumber)) return null;
	if (typeof details !== 'object' || details === null) return null;
	const read = { key, type, guildId, targetId, channelId, actorId, reason, durationMs, parentNumber, details: details as Details, at };
	return isMessage(told) ? { ...read, told } : read;
}

function isMessage(value: unknown): value is SentMessage {
	if (typeof value !== 'object' || value === null) return false;
	const { channelId, messageId }: Kept = { ...value };
	return order.isString(channelId) && order.isString(messageId);
}
