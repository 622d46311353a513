import type { Message } from '../state/model.js';
import { Attachments } from './Attachments.js';
import { Embed } from './Embed.js';
import { Markdown } from './Markdown.js';

/** What a message brings from elsewhere, as it was said there. */
export function Forwarded({ message }: { message: Message }) {
	return (
		<>
			{(message.message_snapshots ?? []).map(({ message: said }, index) => (
				<blockquote key={index} class="forwarded">
					<small>Forwarded</small>
					<div class="content">
						<Markdown text={said.content} />
					</div>
					{said.embeds.map((embed, each) => (
						<Embed key={each} embed={embed} />
					))}
					<Attachments attachments={said.attachments} />
				</blockquote>
			))}
		</>
	);
}
