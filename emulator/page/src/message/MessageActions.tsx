import { useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { below, type Point } from '../common/Menu.js';
import type { Message } from '../state/model.js';
import { EmojiMenu } from './EmojiMenu.js';

interface Props {
	message: Message;
	onReply: () => void;
	onEdit: () => void;
	onMore: (at: Point) => void;
}

/** The little bar of a message: shown when the pointer or the focus is on it. */
export function MessageActions({ message, onReply, onEdit, onMore }: Props) {
	const client = useClient();
	const [emojiAt, setEmojiAt] = useState<Point | null>(null);
	const ephemeral = ((message.flags ?? 0) & 64) !== 0;
	return (
		<div class={emojiAt === null ? 'actions' : 'actions open'}>
			{!ephemeral && (
				<button type="button" aria-label="Add a reaction" onClick={(event) => setEmojiAt(below(event.currentTarget))}>
					<Icon name="smile" />
				</button>
			)}
			{message.author.id === client.id && (
				<button type="button" aria-label="Edit" onClick={onEdit}>
					<Icon name="pencil" />
				</button>
			)}
			{!ephemeral && (
				<button type="button" aria-label="Reply" onClick={onReply}>
					<Icon name="reply" />
				</button>
			)}
			<button type="button" aria-label="More" onClick={(event) => onMore(below(event.currentTarget))}>
				<Icon name="more" />
			</button>
			{emojiAt !== null && <EmojiMenu message={message} at={emojiAt} onClose={() => setEmojiAt(null)} />}
		</div>
	);
}
