import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { formatTime, fromNow } from '../common/time.js';
import { useNow } from '../connection/clock.js';
import { ChannelMention, EmojiPicture, PersonMention, RoleMention } from './Mentions.js';
import { type Node, parseMarkdown } from './markdownTree.js';

/** What people and bots write, drawn. */
export function Markdown({ text, headings = true }: { text: string; headings?: boolean }) {
	return <>{draw(parseMarkdown(text, headings))}</>;
}

function draw(nodes: readonly Node[]): ComponentChildren {
	return nodes.map((node, index) => <Drawn key={index} node={node} />);
}

function Drawn({ node }: { node: Node }) {
	const inside = Array.isArray(node.content) ? draw(node.content) : node.content;
	switch (node.type) {
		case 'strong':
			return <strong>{inside}</strong>;
		case 'em':
			return <em>{inside}</em>;
		case 'underline':
			return <u>{inside}</u>;
		case 'strikethrough':
			return <s>{inside}</s>;
		case 'inlineCode':
			return <code>{inside}</code>;
		case 'codeBlock':
			return <pre>{inside}</pre>;
		case 'blockQuote':
			return <blockquote>{inside}</blockquote>;
		case 'heading':
			return <div class={`heading level-${node.level ?? 1}`}>{inside}</div>;
		case 'subtext':
			return <div class="subtext">{inside}</div>;
		case 'br':
		case 'newline':
			return <br />;
		case 'spoiler':
			return <Spoiler>{inside}</Spoiler>;
		case 'link':
		case 'url':
		case 'autolink':
			return <Link target={node.target ?? ''}>{inside}</Link>;
		default:
			return <DiscordNode node={node} inside={inside} />;
	}
}

function DiscordNode({ node, inside }: { node: Node; inside: ComponentChildren }) {
	switch (node.type) {
		case 'user':
			return <PersonMention id={node.id ?? ''} />;
		case 'role':
			return <RoleMention id={node.id ?? ''} />;
		case 'channel':
			return <ChannelMention id={node.id ?? ''} />;
		case 'everyone':
		case 'here':
			return <span class="mention">@{node.type}</span>;
		case 'slashCommand':
			return <span class="mention">/{node.name}</span>;
		case 'emoji':
			return <EmojiPicture id={node.id ?? null} name={node.name ?? ''} />;
		case 'twemoji':
			return <span class="emoji">{node.name}</span>;
		case 'timestamp':
			return <Timestamp seconds={Number(node.timestamp)} style={node.format} />;
		default:
			return <>{inside}</>;
	}
}

function Timestamp({ seconds, style = 'f' }: { seconds: number; style: string | undefined }) {
	const now = useNow();
	const at = seconds * 1000;
	if (Number.isNaN(new Date(at).getTime())) return <>{seconds}</>;
	return (
		<time class="timestamp" dateTime={new Date(at).toISOString()} title={formatTime(at, 'F')}>
			{style === 'R' ? fromNow(at, now) : formatTime(at, style)}
		</time>
	);
}

function Spoiler({ children }: { children: ComponentChildren }) {
	const [open, setOpen] = useState(false);
	return open ? (
		<span class="spoiler open">{children}</span>
	) : (
		<button type="button" class="spoiler" aria-label="Show the spoiler" onClick={() => setOpen(true)}>
			{children}
		</button>
	);
}

/** Links between messages stay on the page. */
function Link({ target, children }: { target: string; children: ComponentChildren }) {
	const client = useClient();
	const channelId = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(?:\d+|@me)\/(\d+)/.exec(target)?.[1];
	const channel = channelId === undefined ? null : client.findChannel(channelId);
	if (channel !== null) {
		return (
			<button type="button" class="mention" onClick={() => client.openChannel(channel.id)}>
				#{channel.name}
			</button>
		);
	}
	if (!/^https?:/i.test(target)) return <>{children}</>;
	return (
		<a href={target} target="_blank" rel="noreferrer noopener">
			{children}
		</a>
	);
}
