import { useState } from 'preact/hooks';
import { Attachment, localUrl } from '../message/Attachments.js';
import { Markdown } from '../message/Markdown.js';
import { hexColour } from '../state/access.js';
import type { Message } from '../state/model.js';
import { Button } from './Button.js';
import { MessageSelect } from './MessageSelect.js';
import { type Component, isSelect, Kind, type Media } from './model.js';

/** Buttons, selects and the second kind of components below or inside a message. */
export function Components({ components, message }: { components: readonly Component[]; message: Message }) {
	return (
		<>
			{components.map((component, index) => (
				<One key={component.custom_id ?? index} component={component} message={message} />
			))}
		</>
	);
}

function One({ component, message }: { component: Component; message: Message }) {
	const { type } = component;
	if (type === Kind.Button) return <Button component={component} message={message} />;
	if (isSelect(type)) return <MessageSelect component={component} message={message} />;
	const inside = <Components components={component.components ?? []} message={message} />;
	switch (type) {
		case Kind.Row:
			return <div class="row">{inside}</div>;
		case Kind.Container:
			return (
				<Hidden when={component.spoiler === true}>
					<div class="container" style={accent(component.accent_color)}>
						{inside}
					</div>
				</Hidden>
			);
		case Kind.Section:
			return (
				<div class="section">
					<div class="section-main">{inside}</div>
					{component.accessory !== undefined && <One component={component.accessory} message={message} />}
				</div>
			);
		case Kind.Text:
			return (
				<div class="text-display">
					<Markdown text={component.content ?? ''} />
				</div>
			);
		case Kind.Thumbnail:
			return <Picture media={component} thumbnail />;
		case Kind.Gallery:
			return (
				<div class="gallery">
					{(component.items ?? []).map((item, index) => (
						<Picture key={index} media={item} />
					))}
				</div>
			);
		case Kind.File:
			return <ComponentFile component={component} message={message} />;
		case Kind.Separator:
			return <hr class={`separator${component.divider === false ? ' blank' : ''}${component.spacing === 2 ? ' wide' : ''}`} />;
		default:
			return null;
	}
}

function accent(colour: number | null | undefined) {
	return colour === null || colour === undefined ? {} : { borderInlineStart: `4px solid ${hexColour(colour)}` };
}

function Picture({ media, thumbnail = false }: { media: Media; thumbnail?: boolean }) {
	return (
		<Hidden when={media.spoiler === true}>
			<img class={thumbnail ? 'thumbnail' : 'gallery-picture'} alt={media.description ?? ''} src={localUrl(media.media?.url ?? '')} />
		</Hidden>
	);
}

function ComponentFile({ component, message }: { component: Component; message: Message }) {
	const name = component.name ?? component.file?.url.split('/').at(-1)?.split('?')[0] ?? 'file';
	const stored = message.attachments.find((attachment) => attachment.filename === name);
	const url = stored?.url ?? component.file?.url ?? '';
	const attachment = { id: '0', filename: name, size: component.size ?? stored?.size ?? 0, url, proxy_url: url };
	return (
		<Hidden when={component.spoiler === true}>
			<Attachment attachment={attachment} />
		</Hidden>
	);
}

/** A spoiler: shown when asked for. */
function Hidden({ when, children }: { when: boolean; children: preact.ComponentChildren }) {
	const [open, setOpen] = useState(!when);
	if (open) return <>{children}</>;
	return (
		<button type="button" class="cover" onClick={() => setOpen(true)}>
			Spoiler
		</button>
	);
}
