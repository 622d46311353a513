import type { Client } from '../client/client.js';

/** A message as plain words, for places with one line: names in place of ids, without marks. */
export function plainText(client: Client, text: string): string {
	const { guild } = client;
	return text
		.replace(/<@!?(\d+)>/g, (_, id: string) => {
			const user = guild?.members.get(id)?.user;
			return `@${user === undefined ? 'somebody' : client.nameOf(user)}`;
		})
		.replace(/<@&(\d+)>/g, (_, id: string) => `@${guild?.roles.get(id)?.name ?? 'role'}`)
		.replace(/<#(\d+)>/g, (_, id: string) => `#${client.findChannel(id)?.name ?? 'channel'}`)
		.replace(/<a?(:\w+:)\d+>/g, '$1')
		.replace(/\*\*|__|~~|\|\||`/g, '');
}
