import { useClient } from '../client/context.js';
import type { Message } from '../state/model.js';
import { EmojiPicture } from './Mentions.js';

interface EmojiRef {
	id?: string | null;
	name?: string | null;
}

/** What the path of a reaction takes. */
export function reactionPath(message: Message, emoji: EmojiRef): string {
	const key = emoji.id === null || emoji.id === undefined ? (emoji.name ?? '') : `${emoji.name}:${emoji.id}`;
	return `/channels/${message.channel_id}/messages/${message.id}/reactions/${encodeURIComponent(key)}/@me`;
}

export function Reactions({ message }: { message: Message }) {
	const client = useClient();
	const reactions = message.reactions ?? [];
	if (reactions.length === 0) return null;
	return (
		<div class="reactions">
			{reactions.map(({ emoji, count, me }) => (
				<button
					key={emoji.id ?? emoji.name}
					type="button"
					class="reaction"
					aria-pressed={me}
					aria-label={`${emoji.name}: ${count}`}
					onClick={() => void client.try(() => client.rest[me ? 'delete' : 'put'](reactionPath(message, emoji)))}
				>
					<EmojiPicture id={emoji.id} name={emoji.name ?? ''} /> {count}
				</button>
			))}
		</div>
	);
}
