import type { Client } from '../client/client.js';
import type { Message } from '../state/model.js';

/** What Discord itself says in place of a person; null for everything that somebody wrote. */
export function systemText(message: Message, client: Client): string | null {
	const name = client.nameOf(message.author);
	switch (Number(message.type)) {
		case 6:
			return `📌 ${name} pinned a message to this channel.`;
		case 7:
			return `👋 ${name} has joined the server.`;
		case 8:
		case 9:
		case 10:
		case 11:
			return `💎 ${name} has boosted the server!`;
		case 18:
			return `🧵 ${name} started a thread: ${message.content}`;
		case 21:
			return '🧵 The start of this thread.';
		case 24: {
			const [flagged] = message.embeds;
			const rule = flagged?.fields?.find((field) => field.name === 'rule_name')?.value;
			return `🛡️ AutoMod has flagged ${name}${rule === undefined ? '' : ` (${rule})`}: ${flagged?.description ?? ''}`;
		}
		case 46:
			return `📊 The poll of ${name} has ended.`;
		default:
			return null;
	}
}
