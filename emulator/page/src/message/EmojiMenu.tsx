import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Menu, type Point } from '../common/Menu.js';
import type { Message } from '../state/model.js';
import { EmojiPicture } from './Mentions.js';
import { reactionPath } from './Reactions.js';

const usual = [...'👍👎😂🎉😮😢🔥⭐👀🙏💯✅'];

/** Emojis to react with: some usual ones, those of the server, and a field for any other. */
export function EmojiMenu({ message, at, onClose }: { message: Message; at: Point; onClose: () => void }) {
	const client = useClient();
	const [typed, setTyped] = useState('');
	const react = (emoji: { id: string | null; name: string }) => {
		onClose();
		void client.try(() => client.rest.put(reactionPath(message, emoji)));
	};
	return (
		<Menu at={at} label="React" onClose={onClose}>
			<div class="emoji-grid">
				{usual.map((name) => (
					<button key={name} type="button" aria-label={name} onClick={() => react({ id: null, name })}>
						{name}
					</button>
				))}
				{(client.guild?.emojis ?? []).map((emoji) => (
					<button key={emoji.id} type="button" aria-label={emoji.name} onClick={() => react(emoji)}>
						<EmojiPicture id={emoji.id} name={emoji.name} />
					</button>
				))}
			</div>
			<input
				aria-label="Another emoji"
				placeholder="Another emoji, then Enter"
				value={typed}
				onInput={(event) => setTyped(event.currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key === 'Enter' && typed.trim() !== '') react({ id: null, name: typed.trim() });
				}}
			/>
		</Menu>
	);
}
