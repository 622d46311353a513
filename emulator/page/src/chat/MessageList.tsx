import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { formatTime, sameDay } from '../common/time.js';
import { clock } from '../connection/clock.js';
import { MessageRow } from '../message/MessageRow.js';
import { type Channel, ChannelKind, type Message } from '../state/model.js';
import { Notices } from './Notices.js';

/** As long as the same person's messages stand together. */
const TOGETHER_MS = 7 * 60_000;

interface Props {
	channel: Channel;
	editingId: string | null;
	onReply: (message: Message) => void;
	onEdit: (message: Message | null) => void;
}

export function MessageList({ channel, editingId, onReply, onEdit }: Props) {
	const client = useClient();
	const box = useRef<HTMLDivElement>(null);
	const atEnd = useRef(true);
	const messages = (client.messages.get(channel.id) ?? []).filter(({ id }) => !client.dismissed.has(id));
	useEffect(() => {
		atEnd.current = true;
	}, [channel.id]);
	// Whoever reads the end stays there; whoever reads above is left alone.
	useLayoutEffect(() => {
		if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
	});
	const onScroll = () => {
		const list = box.current;
		if (list !== null) atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
	};
	return (
		<div
			class="messages"
			role="log"
			aria-label={`Messages in ${channel.name}`}
			ref={box}
			onScroll={onScroll}
			onLoadCapture={() => onLoad(box.current, atEnd.current)}
		>
			<Beginning channel={channel} />
			<ol>
				{messages.map((message, index) => {
					const before = messages[index - 1];
					const newDay = before !== undefined && !sameDay(Date.parse(before.timestamp), Date.parse(message.timestamp));
					return (
						<Fragment key={message.id}>
							{newDay && <DayLine at={Date.parse(message.timestamp)} />}
							<MessageRow
								message={message}
								follows={!newDay && follows(message, before)}
								editing={message.id === editingId}
								onReply={() => onReply(message)}
								onEdit={(editing) => onEdit(editing ? message : null)}
							/>
						</Fragment>
					);
				})}
			</ol>
			<Notices channelId={channel.id} />
		</div>
	);
}

/** A picture has come: the end is lower now. */
function onLoad(list: HTMLElement | null, atEnd: boolean): void {
	if (list !== null && atEnd) list.scrollTop = list.scrollHeight;
}

function DayLine({ at }: { at: number }) {
	return (
		<li class="day" role="presentation">
			<span>{formatTime(at, 'D')}</span>
		</li>
	);
}

function Beginning({ channel }: { channel: Channel }) {
	if (channel.type === ChannelKind.Dm) return <p class="beginning">This is the beginning of your messages with {channel.name}.</p>;
	return (
		<div class="beginning">
			<h2>Welcome to #{channel.name}</h2>
			<p>{channel.topic ?? 'This is the beginning of the channel.'}</p>
			<p class="muted">
				Type <code>;ping</code> or <code>/</code> to try the bot. It is {formatTime(clock.now(), 'f')} here; the clock at the top moves it.
			</p>
		</div>
	);
}

function follows(message: Message, before: Message | undefined): boolean {
	if (before === undefined || before.author.id !== message.author.id || message.type !== 0 || before.type !== 0) return false;
	if (message.referenced_message !== undefined || message.interaction !== undefined) return false;
	if (((message.flags ?? 0) & 64) !== ((before.flags ?? 0) & 64)) return false;
	return Date.parse(message.timestamp) - Date.parse(before.timestamp) < TOGETHER_MS;
}
