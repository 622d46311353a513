import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import type { Message } from '../state/model.js';

/** One's own message as a field. */
export function EditBox({ message, onDone }: { message: Message; onDone: () => void }) {
	const client = useClient();
	const [text, setText] = useState(message.content);
	const save = async () => {
		if (text.trim() !== '' && text !== message.content) {
			await client.try(() => client.rest.patch(`/channels/${message.channel_id}/messages/${message.id}`, { content: text }));
		}
		onDone();
	};
	return (
		<div class="edit-box">
			<textarea
				aria-label="Edit the message"
				rows={Math.min(text.split('\n').length, 8)}
				value={text}
				// biome-ignore lint/a11y/noAutofocus: the person has just asked to edit
				autoFocus
				onInput={(event) => setText(event.currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key === 'Escape') onDone();
					if (event.key !== 'Enter' || event.shiftKey) return;
					event.preventDefault();
					void save();
				}}
			/>
			<small>Enter to save, Escape to cancel</small>
		</div>
	);
}
