import type { APIAttachment } from 'discord-api-types/v10';
import { Icon } from '../common/Icon.js';
import { formatSize } from '../common/time.js';

/** The emulator's files come from where the page comes from, whatever its name was when they were stored. */
export function localUrl(url: string): string {
	const at = url.indexOf('/cdn/');
	return at === -1 ? url : url.slice(at);
}

/** Files of a message: pictures are shown, sound and film played, others can be fetched. */
export function Attachments({ attachments }: { attachments: readonly APIAttachment[] }) {
	if (attachments.length === 0) return null;
	return (
		<div class="attachments">
			{attachments.map((attachment) => (
				<Attachment key={attachment.id} attachment={attachment} />
			))}
		</div>
	);
}

export function Attachment({ attachment }: { attachment: APIAttachment }) {
	const { content_type: type = '', filename, size, description } = attachment;
	const url = localUrl(attachment.url);
	if (type.startsWith('image/')) return <img class="attachment-picture" alt={description ?? filename} src={url} />;
	// biome-ignore lint/a11y/useMediaCaption: what somebody put up has no captions
	if (type.startsWith('audio/')) return <audio controls src={url} />;
	// biome-ignore lint/a11y/useMediaCaption: what somebody put up has no captions
	if (type.startsWith('video/')) return <video class="attachment-picture" controls src={url} />;
	return (
		<a class="attachment-file" href={url} download={filename}>
			<Icon name="file" size={24} />
			<span>
				{filename}
				<small>{formatSize(size)}</small>
			</span>
		</a>
	);
}
