import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import type { Channel } from '../state/model.js';

/** A forum: its posts, and a form for a new one. */
export function Forum({ channel }: { channel: Channel }) {
	const client = useClient();
	const [name, setName] = useState('');
	const [text, setText] = useState('');
	const posts = [...(client.guild?.channels.values() ?? [])].filter((thread) => thread.parentId === channel.id && !thread.archived);
	const post = async (event: Event) => {
		event.preventDefault();
		const made = await client.try(() => client.rest.post(`/channels/${channel.id}/threads`, { name, message: { content: text } }));
		if (!made) return;
		setName('');
		setText('');
	};
	return (
		<div class="forum">
			<form class="forum-form" onSubmit={(event) => void post(event)}>
				<input
					aria-label="Title"
					placeholder="Title of a new post"
					required
					maxLength={100}
					value={name}
					onInput={(event) => setName(event.currentTarget.value)}
				/>
				<textarea
					aria-label="Text"
					placeholder="What is it about?"
					required
					rows={2}
					value={text}
					onInput={(event) => setText(event.currentTarget.value)}
				/>
				<button type="submit" class="button primary">
					Post
				</button>
			</form>
			{posts.map((thread) => (
				<button key={thread.id} type="button" class="forum-post" onClick={() => client.openChannel(thread.id)}>
					<Icon name="forum" /> {thread.name}
				</button>
			))}
			{posts.length === 0 && <p class="muted">There are no posts yet.</p>}
		</div>
	);
}
