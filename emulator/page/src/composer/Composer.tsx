import { useEffect, useRef, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { Bits, may } from '../state/access.js';
import type { Leaf } from '../state/commands.js';
import { type Channel, isThread, type Message } from '../state/model.js';
import { CommandForm } from './CommandForm.js';
import { Files } from './Files.js';
import { type Suggestion, Suggestions } from './Suggestions.js';
import { useSuggestions } from './useSuggestions.js';

interface Props {
	channel: Channel;
	reply: Message | null;
	onReplyDone: () => void;
	onEditLast: () => void;
}

/** Where one writes: text with files and mentions, or `/` for a command. */
export function Composer({ channel, reply, onReplyDone, onEditLast }: Props) {
	const client = useClient();
	const field = useRef<HTMLTextAreaElement>(null);
	const [text, setText] = useState('');
	const [files, setFiles] = useState<File[]>([]);
	const [leaf, setLeaf] = useState<Leaf | null>(null);
	const suggestions = useSuggestions(channel, text, field);
	const allowed =
		channel.guildId === null || may(client.guild, client.id, channel, isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages);
	useEffect(() => {
		if (reply !== null) field.current?.focus();
	}, [reply]);

	const send = async () => {
		const content = text.trim();
		if (content === '' && files.length === 0) return;
		setText('');
		setFiles([]);
		onReplyDone();
		if (!(await client.try(() => client.send(channel.id, content, files, reply?.id ?? null)))) {
			setText(text);
			setFiles(files);
		}
	};
	const choose = (suggestion: Suggestion) => {
		if (suggestion.leaf !== undefined) {
			setText('');
			setLeaf(suggestion.leaf);
		} else {
			setText(suggestion.text ?? '');
			field.current?.focus();
		}
	};
	const keyDown = (event: KeyboardEvent) => {
		if (suggestions.keyDown(event, choose)) return;
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			void send();
		} else if (event.key === 'ArrowUp' && text === '') {
			event.preventDefault();
			onEditLast();
		} else if (event.key === 'Escape') onReplyDone();
	};
	if (leaf !== null) {
		const done = () => {
			setLeaf(null);
			// The field is back only after the next drawing.
			requestAnimationFrame(() => field.current?.focus());
		};
		return <CommandForm channel={channel} leaf={leaf} onDone={done} />;
	}
	return (
		<div class="composer">
			<Suggestions state={suggestions} onChoose={choose} />
			{reply !== null && (
				<div class="replying">
					Replying to <b>{client.nameOf(reply.author)}</b>
					<button type="button" class="quiet" aria-label="Do not reply" onClick={onReplyDone}>
						<Icon name="close" size={14} />
					</button>
				</div>
			)}
			<Files files={files} onChange={setFiles} />
			<div class="composer-line">
				<label class="quiet attach" title="Add files">
					<Icon name="plus" />
					<input
						type="file"
						multiple
						aria-label="Add files"
						disabled={!allowed}
						onChange={(event) => {
							setFiles([...files, ...(event.currentTarget.files ?? [])].slice(0, 10));
							event.currentTarget.value = '';
						}}
					/>
				</label>
				<textarea
					ref={field}
					rows={Math.min(text.split('\n').length, 8)}
					aria-label={`Message ${channel.guildId === null ? '@' : '#'}${channel.name}`}
					placeholder={allowed ? `Message ${channel.guildId === null ? '@' : '#'}${channel.name}` : 'You may not write here'}
					disabled={!allowed}
					value={text}
					onInput={(event) => {
						setText(event.currentTarget.value);
						if (event.currentTarget.value !== '' && !event.currentTarget.value.startsWith('/')) client.tellTyping(channel.id);
					}}
					onKeyDown={keyDown}
					onPaste={(event) => {
						const pasted = [...(event.clipboardData?.files ?? [])];
						if (pasted.length > 0) setFiles([...files, ...pasted].slice(0, 10));
					}}
				/>
				<button
					type="button"
					class="quiet"
					aria-label="Commands"
					title="Commands"
					disabled={!allowed}
					onClick={() => {
						setText('/');
						field.current?.focus();
					}}
				>
					<Icon name="apps" />
				</button>
				<button type="button" class="quiet send" aria-label="Send" disabled={!allowed} onClick={() => void send()}>
					<Icon name="send" />
				</button>
			</div>
		</div>
	);
}
