import { useClient } from '../client/context.js';
import { EmojiPicture } from '../message/Mentions.js';
import type { Message } from '../state/model.js';
import type { Component } from './model.js';

const LINK = 5;
const PREMIUM = 6;
const styles = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'primary'];

/** A button of a message. */
export function Button({ component, message }: { component: Component; message: Message }) {
	const client = useClient();
	const { style = 2, custom_id: customId = '', label, emoji, url = '' } = component;
	const face = (
		<>
			{emoji !== undefined && <EmojiPicture id={emoji.id} name={emoji.name ?? ''} />}
			{label !== undefined && <span>{label}</span>}
		</>
	);
	if (style === LINK) {
		return (
			<a class="button link" href={/^https?:/i.test(url) ? url : '#'} target="_blank" rel="noreferrer noopener">
				{face}
			</a>
		);
	}
	const pending = client.interactions.isPending(message.id, customId);
	const press = () =>
		client.interactions.start({
			type: 3,
			channelId: message.channel_id,
			messageId: message.id,
			messageFlags: message.flags ?? 0,
			customId,
			data: { component_type: component.type, custom_id: customId }
		});
	return (
		<button
			type="button"
			class={`button ${styles[style] ?? 'secondary'}`}
			disabled={component.disabled === true || pending || style === PREMIUM}
			aria-busy={pending}
			onClick={() => void press()}
		>
			{pending ? <span class="waiting" role="img" aria-label="waiting" /> : face}
		</button>
	);
}
