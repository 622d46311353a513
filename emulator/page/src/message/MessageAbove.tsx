import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import type { Message } from '../state/model.js';
import { plainText } from './plainText.js';

/** What stands above a message: what it replies to, or which command it answers. */
export function Above({ message }: { message: Message }) {
	const client = useClient();
	const command = message.interaction;
	if (command !== undefined && command.name !== '') {
		return (
			<div class="above">
				<Avatar user={command.user} size={16} />
				<b>{client.nameOf(command.user)}</b> used <span class="mention">/{command.name}</span>
			</div>
		);
	}
	if (message.referenced_message === undefined) return null;
	const original = message.referenced_message;
	if (original === null) return <div class="above">The message was deleted.</div>;
	const [first = ''] = original.content.split('\n');
	const text = first === '' ? 'Show the message' : plainText(client, first);
	return (
		<button
			type="button"
			class="above plain"
			onClick={(event) => {
				const list = event.currentTarget.closest('.messages');
				list?.querySelector(`[data-message="${original.id}"]`)?.scrollIntoView({ block: 'center' });
			}}
		>
			<Avatar user={original.author} size={16} />
			<b>{client.nameOf(original.author)}</b> <span class="above-text">{text}</span>
		</button>
	);
}
