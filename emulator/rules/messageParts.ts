import { isObject } from '../rest/body.js';
import type { JsonObject } from '../state/types.js';
import type { RuleContext } from './report.js';

/** The message within a request's body, and where it stands there. */
export interface MessagePart {
	message: JsonObject;
	/** Prefix for the paths of faults: empty, `data.` or `message.`. */
	prefix: string;
	isNew: boolean;
	ofInteraction: boolean;
}

export const messageOperations = [
	'create_message',
	'update_message',
	'execute_webhook',
	'update_webhook_message',
	'update_original_webhook_message',
	'create_interaction_response',
	'create_thread'
] as const;

/** Finds the message a body carries; null when it carries none (a modal, a deferral, a thread without a first post). */
export function messagePart(operation: string, body: JsonObject): MessagePart | null {
	if (operation === 'create_interaction_response') {
		// 4 answers with a message, 7 edits the one whose button was pressed.
		if ((body.type !== 4 && body.type !== 7) || !isObject(body.data)) return null;
		return { message: body.data, prefix: 'data.', isNew: body.type === 4, ofInteraction: true };
	}
	if (operation === 'create_thread') {
		return isObject(body.message) ? { message: body.message, prefix: 'message.', isNew: true, ofInteraction: false } : null;
	}
	const isNew = operation === 'create_message' || operation === 'execute_webhook';
	return { message: body, prefix: '', isNew, ofInteraction: false };
}

/** True for a message of the second kind of components: asked for by a flag that an edit cannot take back. */
export function isComponentsV2({ flags }: JsonObject, { edited }: Pick<RuleContext, 'edited'>): boolean {
	const own = typeof flags === 'number' ? flags : 0;
	return ((own | (edited?.flags ?? 0)) & (1 << 15)) !== 0;
}
