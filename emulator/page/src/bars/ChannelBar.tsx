import { useClient } from '../client/context.js';
import { moveFocus } from '../common/focus.js';
import { Icon } from '../common/Icon.js';
import { channelIcon } from '../state/channelIcon.js';
import { type Channel, ChannelKind, type Guild, isThread, isVoice } from '../state/model.js';
import { VoiceChannel } from './VoiceChannel.js';
import { VoicePanel } from './VoicePanel.js';

/** Channels by category, threads below theirs, who is in voice; direct messages when no server is open. */
export function ChannelBar({ onOpen }: { onOpen: () => void }) {
	const client = useClient();
	const { guild } = client;
	return (
		<nav class="channels" aria-label="Channels" onKeyDown={(event) => moveFocus(event, event.currentTarget)}>
			<header>{guild?.name ?? 'Direct messages'}</header>
			<div class="channel-list">{guild === null ? <DirectMessages onOpen={onOpen} /> : <Categories guild={guild} onOpen={onOpen} />}</div>
			<VoicePanel />
		</nav>
	);
}

function DirectMessages({ onOpen }: { onOpen: () => void }) {
	const client = useClient();
	const dms = [...client.dms.values()];
	return (
		<>
			{dms.map((dm) => (
				<ChannelLine key={dm.id} channel={dm} onOpen={onOpen} />
			))}
			{dms.length === 0 && <p class="muted">Nobody has written to you. Choose a member and then "Message".</p>}
		</>
	);
}

function Categories({ guild, onOpen }: { guild: Guild; onOpen: () => void }) {
	const client = useClient();
	const seen = [...guild.channels.values()].filter((channel) => client.sees(channel)).sort(inOrder);
	const top = seen.filter((channel) => channel.parentId === null && channel.type !== ChannelKind.Category && !isThread(channel));
	const categories = seen.filter((channel) => channel.type === ChannelKind.Category);
	const lines = (channels: Channel[]) => channels.map((channel) => <Lines key={channel.id} channel={channel} all={seen} onOpen={onOpen} />);
	return (
		<>
			{lines(top)}
			{categories.map((category) => {
				const inside = seen.filter((channel) => channel.parentId === category.id);
				if (inside.length === 0) return null;
				return (
					<section key={category.id} aria-label={category.name}>
						<h3>{category.name}</h3>
						{lines(inside)}
					</section>
				);
			})}
		</>
	);
}

/** Text before voice, then as the server ordered them. */
function inOrder(a: Channel, b: Channel): number {
	return Number(isVoice(a)) - Number(isVoice(b)) || a.position - b.position || (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
}

function Lines({ channel, all, onOpen }: { channel: Channel; all: Channel[]; onOpen: () => void }) {
	const threads = all.filter((thread) => isThread(thread) && thread.parentId === channel.id && !thread.archived);
	return (
		<>
			{isVoice(channel) ? <VoiceChannel channel={channel} /> : <ChannelLine channel={channel} onOpen={onOpen} />}
			{channel.type !== ChannelKind.Forum && threads.map((thread) => <ChannelLine key={thread.id} channel={thread} onOpen={onOpen} />)}
		</>
	);
}

function ChannelLine({ channel, onOpen }: { channel: Channel; onOpen: () => void }) {
	const client = useClient();
	const state = `${isThread(channel) ? ' thread' : ''}${client.unread.has(channel.id) ? ' unread' : ''}`;
	return (
		<button
			type="button"
			class={`channel${state}`}
			aria-current={client.channelId === channel.id ? 'page' : undefined}
			onClick={() => {
				client.openChannel(channel.id);
				onOpen();
			}}
		>
			<Icon name={channelIcon(channel)} />
			<span>{channel.name}</span>
		</button>
	);
}
