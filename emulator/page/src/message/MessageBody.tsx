import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { Components } from '../components/Components.js';
import { componentsOf } from '../components/model.js';
import type { Message } from '../state/model.js';
import { Attachments } from './Attachments.js';
import { Embed } from './Embed.js';
import { Forwarded } from './Forwarded.js';
import { Markdown } from './Markdown.js';
import { Poll } from './Poll.js';
import { Reactions } from './Reactions.js';
import { Stickers } from './Stickers.js';

const LOADING = 128;
const EPHEMERAL = 64;

/** All that a message says, and what can be done on it. */
export function MessageBody({ message }: { message: Message }) {
	const client = useClient();
	const flags = message.flags ?? 0;
	const failed = client.interactions.failed.get(message.id);
	if ((flags & LOADING) !== 0) {
		return (
			<div class="thinking" role="status">
				<span class="dots" /> {client.nameOf(message.author)} is thinking…
				<OnlyYou message={message} />
			</div>
		);
	}
	return (
		<>
			{message.content !== '' && (
				<div class={isOnlyEmoji(message.content) ? 'content large' : 'content'}>
					<Markdown text={message.content} />
					{message.edited_timestamp !== null && <small class="edited"> (edited)</small>}
				</div>
			)}
			{message.embeds.map((embed, index) => (
				<Embed key={index} embed={embed} />
			))}
			<Forwarded message={message} />
			<Attachments attachments={shownAlone(message)} />
			<Stickers message={message} />
			<Components components={componentsOf(message)} message={message} />
			<Poll message={message} />
			<Reactions message={message} />
			{failed !== undefined && (
				<p class="failed" role="alert">
					{failed}
				</p>
			)}
			{message.thread !== undefined && (
				<button type="button" class="thread-link" onClick={() => client.openChannel(message.thread?.id ?? '')}>
					<Icon name="thread" size={16} /> {message.thread.name}
				</button>
			)}
			{(flags & EPHEMERAL) !== 0 && <OnlyYou message={message} />}
		</>
	);
}

/** Files that a file component, a gallery or an embed does not show already. */
function shownAlone(message: Message) {
	const inside = JSON.stringify([message.components ?? [], message.embeds]);
	return message.attachments.filter(({ filename }) => !inside.includes(filename));
}

function OnlyYou({ message }: { message: Message }) {
	const client = useClient();
	if (((message.flags ?? 0) & EPHEMERAL) === 0) return null;
	const dismiss = () => {
		client.dismissed.add(message.id);
		client.changed();
	};
	return (
		<p class="only-you">
			Only you can see this •{' '}
			<button type="button" class="plain link" onClick={dismiss}>
				Dismiss message
			</button>
		</p>
	);
}

function isOnlyEmoji(text: string): boolean {
	return (
		text.length < 40 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s|<a?:\w+:\d+>)+$/u.test(text) && !/^[\d\s#*]+$/.test(text)
	);
}
