import type { JsonObject } from '../state/types.js';

/** Discord's error codes with status and text. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const CATALOGUE = {
	0: [401, '401: Unauthorized'],
	10001: [404, 'Unknown Account'],
	10002: [404, 'Unknown Application'],
	10003: [404, 'Unknown Channel'],
	10004: [404, 'Unknown Guild'],
	10005: [404, 'Unknown Integration'],
	10006: [404, 'Unknown Invite'],
	10007: [404, 'Unknown Member'],
	10008: [404, 'Unknown Message'],
	10009: [404, 'Unknown Overwrite'],
	10011: [404, 'Unknown Role'],
	10013: [404, 'Unknown User'],
	10014: [404, 'Unknown Emoji'],
	10015: [404, 'Unknown Webhook'],
	10026: [404, 'Unknown Ban'],
	10057: [404, 'Unknown Guild Template'],
	10060: [404, 'Unknown Sticker'],
	10062: [404, 'Unknown interaction'],
	10063: [404, 'Unknown application command'],
	10065: [404, 'Unknown Voice State'],
	10066: [404, 'Unknown application command permissions'],
	10067: [404, 'Unknown Stage Instance'],
	10070: [404, 'Unknown Guild Scheduled Event'],
	10071: [404, 'Unknown Guild Scheduled Event User'],
	10087: [404, 'Unknown Tag'],
	20001: [403, 'Bots cannot use this endpoint'],
	20002: [403, 'Only bots can use this endpoint'],
	20012: [403, 'You are not authorized to perform this action on this application'],
	20016: [429, 'This action cannot be performed due to slowmode rate limit'],
	20018: [403, 'Only the owner of this account can perform this action'],
	30001: [400, 'Maximum number of guilds reached (100)'],
	30003: [400, 'Maximum number of pins reached for the channel (250)'],
	30005: [400, 'Maximum number of guild roles reached (250)'],
	30007: [400, 'Maximum number of webhooks reached (15)'],
	30008: [400, 'Maximum number of emojis reached'],
	30010: [400, 'Maximum number of reactions reached (20)'],
	30013: [400, 'Maximum number of server channels reached (500)'],
	30015: [400, 'Maximum number of attachments in a message reached (10)'],
	30016: [400, 'Maximum number of invites reached (1000)'],
	30018: [400, 'Maximum number of animated emojis reached'],
	30030: [400, 'Maximum number of server categories has been reached (50)'],
	30031: [400, 'Guild already has a template'],
	30032: [400, 'Maximum number of application commands reached (100)'],
	30034: [429, 'Max number of daily application command creates has been reached (200)'],
	30038: [400, 'Maximum number of uncompleted guild scheduled events reached (100)'],
	30039: [400, 'Maximum number of stickers reached'],
	30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
	40001: [403, 'Unauthorized. Provide a valid token and try again'],
	40005: [413, 'Request entity too large'],
	40007: [403, 'The user is banned from this guild'],
	40032: [400, 'Target user is not connected to voice'],
	40033: [400, 'This message has already been crossposted'],
	40060: [400, 'Interaction has already been acknowledged.'],
	40061: [400, 'Tag names must be unique'],
	40066: [400, 'There are no tags available that can be set by non-moderators'],
	40067: [400, 'A tag is required to create a forum post in this channel'],
	40094: [403, 'This interaction has reached the maximum number of follow-up messages.'],
	50001: [403, 'Missing Access'],
	50002: [400, 'Invalid account type'],
	50003: [403, 'Cannot execute action on a DM channel'],
	50004: [403, 'Guild widget disabled'],
	50005: [403, 'Cannot edit a message authored by another user'],
	50006: [400, 'Cannot send an empty message'],
	50007: [403, 'Cannot send messages to this user'],
	50008: [400, 'Cannot send messages in a non-text channel'],
	50009: [403, 'Channel verification level is too high for you to gain access'],
	50013: [403, 'Missing Permissions'],
	50014: [401, 'Invalid authentication token provided'],
	50016: [400, 'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete'],
	50019: [403, 'A message can only be pinned to the channel it was sent in'],
	50021: [403, 'Cannot execute action on a system message'],
	50024: [400, 'Cannot execute action on this channel type'],
	50025: [401, 'Invalid OAuth2 access token provided'],
	50027: [401, 'Invalid Webhook Token'],
	50028: [400, 'Invalid role'],
	50033: [400, 'Invalid Recipient(s)'],
	50034: [400, 'You can only bulk delete messages that are under 14 days old.'],
	50035: [400, 'Invalid Form Body'],
	50041: [400, 'Invalid API version provided'],
	50045: [400, 'File uploaded exceeds the maximum size'],
	50046: [400, 'Invalid Asset'],
	50055: [400, 'Invalid Guild'],
	50068: [400, 'Invalid message type'],
	50074: [400, 'Cannot delete a channel required for Community guilds'],
	50081: [400, 'Cannot use this sticker'],
	50083: [400, 'Thread is archived'],
	50101: [400, 'This server needs more boosts to perform this action'],
	50109: [400, 'The request body contains invalid JSON.'],
	50138: [400, 'Failed to resize asset below the maximum size: 262144'],
	50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
	80004: [404, 'No users with DiscordTag exist'],
	90001: [403, 'Reaction was blocked'],
	150006: [400, 'The Stage is already open'],
	160002: [400, 'Cannot reply without permission to read message history'],
	160004: [400, 'A thread has already been created for this message'],
	160005: [400, 'Thread is locked'],
	160006: [400, 'Maximum number of active threads reached'],
	170001: [400, 'Invalid JSON for uploaded Lottie file'],
	180000: [400, 'Cannot update a finished event'],
	200000: [400, 'Message was blocked by automatic moderation'],
	200001: [400, 'Title was blocked by automatic moderation'],
	220001: [400, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
	220002: [400, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
	220003: [400, 'Webhooks can only create threads in forum channels'],
	240000: [400, 'Message blocked by harmful links filter'],
	340003: [400, 'Cannot use the poll in this way'],
	520000: [400, 'Poll voting blocked'],
	520001: [400, 'Poll expired'],
	520003: [400, 'Cannot edit a poll message'],
	520006: [400, 'Cannot expire a non-poll message']
} as const satisfies Record<number, readonly [number, string]>;

export type ErrorCode = keyof typeof CATALOGUE;

/** What Discord answers when it says no. Thrown by routes and actions, written by `serve`. */
export class DiscordError extends Error {
	readonly status: number;

	constructor(
		readonly code: number,
		status: number,
		message: string,
		/** Discord's tree of faults of the body. */
		readonly errors: JsonObject | null = null,
		/** Further keys of the answer, such as `retry_after`. */
		readonly extra: JsonObject | null = null
	) {
		super(message);
		this.name = 'DiscordError';
		this.status = status;
	}

	toJSON(): JsonObject {
		return { message: this.message, code: this.code, ...(this.errors === null ? {} : { errors: this.errors }), ...this.extra };
	}
}

/** The refusal with this code, in Discord's words. */
export function refuse(code: ErrorCode, message?: string): DiscordError {
	const [status, text] = CATALOGUE[code];
	return new DiscordError(code, status, message ?? text);
}

/** 50035 with faults by path, such as `{ 'embeds.0.title': [{ code, message }] }`. */
export function invalidBody(faults: Record<string, { code: string; message: string }[]>): DiscordError {
	const tree: JsonObject = {};
	for (const [path, list] of Object.entries(faults)) {
		let node = tree;
		for (const part of path === '' ? [] : path.split('.')) {
			const below = node[part];
			const next: JsonObject = below !== null && typeof below === 'object' && !Array.isArray(below) ? below : {};
			node[part] = next;
			node = next;
		}
		node['_errors'] = list.map((fault) => ({ ...fault }));
	}
	return new DiscordError(50035, 400, 'Invalid Form Body', tree);
}
