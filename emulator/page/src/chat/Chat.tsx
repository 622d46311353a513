import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { Composer } from '../composer/Composer.js';
import { channelIcon } from '../state/channelIcon.js';
import { type Channel, ChannelKind, type Message } from '../state/model.js';
import { Forum } from './Forum.js';
import { MessageList } from './MessageList.js';
import { TypingLine } from './TypingLine.js';

interface Props {
	/** Who one is, where the bar that says so is away. */
	who: ComponentChildren;
	onChannels: () => void;
	onMembers: () => void;
}

/** The middle of a pane: the channel's head, its messages, the field to write in. */
export function Chat({ who, onChannels, onMembers }: Props) {
	const client = useClient();
	const { channel } = client;
	return (
		<main class="chat">
			<header class="chat-head">
				<button type="button" class="quiet only-narrow" aria-label="Channels" onClick={onChannels}>
					<Icon name="menu" />
				</button>
				{channel !== null && <Icon name={channelIcon(channel)} />}
				<h1>{channel?.name ?? 'No channel'}</h1>
				{channel?.topic !== null && <span class="topic">{channel?.topic}</span>}
				<span class="who only-narrow">{who}</span>
				<button type="button" class="quiet" aria-label="Members and roles" onClick={onMembers}>
					<Icon name="people" />
				</button>
			</header>
			{!client.connected && (
				<p class="offline" role="status">
					Connecting…
				</p>
			)}
			{channel !== null && (channel.type === ChannelKind.Forum ? <Forum channel={channel} /> : <Talk key={channel.id} channel={channel} />)}
		</main>
	);
}

function Talk({ channel }: { channel: Channel }) {
	const client = useClient();
	const [reply, setReply] = useState<Message | null>(null);
	const [editing, setEditing] = useState<string | null>(null);
	useEffect(() => {
		// What is answered may be gone by now.
		if (reply !== null && !client.messages.get(channel.id)?.some(({ id }) => id === reply.id)) setReply(null);
	});
	const editLast = () => {
		const own = (client.messages.get(channel.id) ?? []).filter((message) => message.author.id === client.id && message.type === 0);
		setEditing(own.at(-1)?.id ?? null);
	};
	return (
		<>
			<MessageList channel={channel} editingId={editing} onReply={setReply} onEdit={(message) => setEditing(message?.id ?? null)} />
			<Composer channel={channel} reply={reply} onReplyDone={() => setReply(null)} onEditLast={editLast} />
			<TypingLine channelId={channel.id} />
		</>
	);
}
