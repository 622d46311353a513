import { useState } from 'preact/hooks';
import { MemberMenu } from '../bars/MemberMenu.js';
import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import type { Point } from '../common/Menu.js';
import { formatTime, stamp } from '../common/time.js';
import { clock } from '../connection/clock.js';
import { colourOf } from '../state/access.js';
import type { Message } from '../state/model.js';
import { EditBox } from './EditBox.js';
import { Above } from './MessageAbove.js';
import { MessageActions } from './MessageActions.js';
import { MessageBody } from './MessageBody.js';
import { MessageMenu } from './MessageMenu.js';
import { systemText } from './systemText.js';

interface Props {
	message: Message;
	/** Said by the same person shortly before: without picture and name. */
	follows: boolean;
	editing: boolean;
	onReply: () => void;
	onEdit: (editing: boolean) => void;
}

export function MessageRow({ message, follows, editing, onReply, onEdit }: Props) {
	const client = useClient();
	const [menu, setMenu] = useState<Point | null>(null);
	const [memberAt, setMemberAt] = useState<Point | null>(null);
	const system = systemText(message, client);
	const guild = client.guild;
	const { author } = message;
	const ephemeral = ((message.flags ?? 0) & 64) !== 0;
	const mentioned = message.mention_everyone || message.mentions.some(({ id }) => id === client.id);
	const at = Date.parse(message.timestamp);
	const kind = [follows ? 'follows' : '', ephemeral ? 'ephemeral' : '', mentioned ? 'mentioned' : ''].join(' ');
	return (
		<li
			class={`message ${kind}`}
			data-message={message.id}
			onContextMenu={(event) => {
				event.preventDefault();
				setMenu(pointOf(event));
			}}
		>
			{!follows && <Above message={message} />}
			<div class="message-side">
				{follows || system !== null ? (
					<time>{formatTime(at, 't')}</time>
				) : (
					<button
						type="button"
						class="plain"
						tabIndex={-1}
						onClick={(event) => setMemberAt(pointOf(event))}
						aria-label={client.nameOf(author)}
					>
						<Avatar user={author} />
					</button>
				)}
			</div>
			<div class="message-main">
				{system !== null ? (
					<p class="system">{system}</p>
				) : (
					<>
						{!follows && (
							<div class="message-head">
								<button
									type="button"
									class="plain name"
									style={{ color: colourOf(guild, guild?.members.get(author.id)) }}
									onClick={(event) => setMemberAt(pointOf(event))}
								>
									{client.nameOf(author)}
								</button>
								{author.bot === true && (
									<span class="tag">{message.webhook_id !== undefined && message.application_id === undefined ? 'HOOK' : 'APP'}</span>
								)}
								<time dateTime={message.timestamp}>{stamp(at, clock.now())}</time>
							</div>
						)}
						{editing ? <EditBox message={message} onDone={() => onEdit(false)} /> : <MessageBody message={message} />}
					</>
				)}
			</div>
			{!editing && <MessageActions message={message} onReply={onReply} onEdit={() => onEdit(true)} onMore={setMenu} />}
			{menu !== null && (
				<MessageMenu message={message} at={menu} onClose={() => setMenu(null)} onReply={onReply} onEdit={() => onEdit(true)} />
			)}
			{memberAt !== null && <MemberMenu user={author} at={memberAt} onClose={() => setMemberAt(null)} />}
		</li>
	);
}

/** Where the pointer is; the keyboard's menu key has no place of its own. */
export function pointOf(event: MouseEvent): Point {
	if (event.clientX > 0 || event.clientY > 0) return { x: event.clientX, y: event.clientY };
	const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : new DOMRect();
	return { x: box.left + 40, y: box.top + 20 };
}
