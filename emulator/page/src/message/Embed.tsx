import type { APIEmbed } from 'discord-api-types/v10';
import { stamp } from '../common/time.js';
import { useNow } from '../connection/clock.js';
import { hexColour } from '../state/access.js';
import { localUrl } from './Attachments.js';
import { Markdown } from './Markdown.js';

/** An embed as Discord lays it out. */
export function Embed({ embed }: { embed: APIEmbed }) {
	const style = embed.color === undefined ? {} : { borderInlineStartColor: hexColour(embed.color) };
	return (
		<article class="embed" style={style}>
			<div class="embed-body">
				<div class="embed-main">
					{embed.author !== undefined && (
						<div class="embed-author">
							{embed.author.icon_url !== undefined && <img alt="" src={localUrl(embed.author.icon_url)} />}
							<Linked url={embed.author.url} text={embed.author.name} />
						</div>
					)}
					{embed.title !== undefined && (
						<div class="embed-title">
							{embed.url === undefined ? <Markdown text={embed.title} headings={false} /> : <Linked url={embed.url} text={embed.title} />}
						</div>
					)}
					{embed.description !== undefined && (
						<div class="embed-text">
							<Markdown text={embed.description} />
						</div>
					)}
					{embed.fields !== undefined && embed.fields.length > 0 && <Fields fields={embed.fields} />}
				</div>
				{embed.thumbnail !== undefined && <img class="embed-thumbnail" alt="" src={localUrl(embed.thumbnail.url)} />}
			</div>
			{embed.image !== undefined && <img class="embed-image" alt="" src={localUrl(embed.image.url)} />}
			<Footer embed={embed} />
		</article>
	);
}

function Fields({ fields }: { fields: NonNullable<APIEmbed['fields']> }) {
	return (
		<div class="embed-fields">
			{fields.map((field, index) => (
				<div key={index} class={field.inline === true ? 'embed-field inline' : 'embed-field'}>
					<div class="embed-name">
						<Markdown text={field.name} headings={false} />
					</div>
					<Markdown text={field.value} />
				</div>
			))}
		</div>
	);
}

function Footer({ embed }: { embed: APIEmbed }) {
	const now = useNow();
	const parts = [embed.footer?.text, embed.timestamp === undefined ? undefined : stamp(Date.parse(embed.timestamp), now)];
	const text = parts.filter((part) => part !== undefined).join(' • ');
	if (text === '') return null;
	return (
		<footer class="embed-footer">
			{embed.footer?.icon_url !== undefined && <img alt="" src={localUrl(embed.footer.icon_url)} />}
			{text}
		</footer>
	);
}

function Linked({ url, text }: { url: string | undefined; text: string }) {
	if (url === undefined || !/^https?:/i.test(url)) return <span>{text}</span>;
	return (
		<a href={url} target="_blank" rel="noreferrer noopener">
			{text}
		</a>
	);
}
