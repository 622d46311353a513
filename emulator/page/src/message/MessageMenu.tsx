import { useEffect, useState } from 'preact/hooks';
import { useClient } from '../client/context.js';
import { Menu, MenuItem, type Point } from '../common/Menu.js';
import { Bits, may } from '../state/access.js';
import { type Command, loadCommands, runContext } from '../state/commands.js';
import type { Message } from '../state/model.js';
import { plainText } from './plainText.js';

interface Props {
	message: Message;
	at: Point;
	onClose: () => void;
	onReply: () => void;
	onEdit: () => void;
}

/** Everything that can be done with a message, the bot's own commands included. */
export function MessageMenu({ message, at, onClose, onReply, onEdit }: Props) {
	const client = useClient();
	const { channel } = client;
	const [commands, setCommands] = useState<Command[]>([]);
	useEffect(() => {
		void loadCommands(client, message.channel_id).then((all) => setCommands(all.filter(({ type }) => type === 3)));
	}, [client, message.channel_id]);
	if (channel === null) return null;
	const path = `/channels/${message.channel_id}/messages/${message.id}`;
	const ephemeral = ((message.flags ?? 0) & 64) !== 0;
	const own = message.author.id === client.id;
	const manages = channel.guildId !== null && may(client.guild, client.id, channel, Bits.ManageMessages);
	const act = (work: () => unknown) => () => {
		onClose();
		work();
	};
	const request = (work: () => Promise<unknown>) => act(() => void client.try(work));
	return (
		<Menu at={at} label="Message" onClose={onClose}>
			{!ephemeral && <MenuItem onSelect={act(onReply)}>Reply</MenuItem>}
			{own && <MenuItem onSelect={act(onEdit)}>Edit</MenuItem>}
			{!ephemeral && channel.type === 0 && message.thread === undefined && (
				<MenuItem onSelect={request(() => client.rest.post(`${path}/threads`, { name: threadName(plainText(client, message.content)) }))}>
					Start a thread
				</MenuItem>
			)}
			{manages && !ephemeral && (
				<MenuItem
					onSelect={request(() =>
						client.rest.request(message.pinned ? 'DELETE' : 'PUT', `/channels/${message.channel_id}/pins/${message.id}`)
					)}
				>
					{message.pinned ? 'Unpin' : 'Pin'}
				</MenuItem>
			)}
			{(own || manages) && !ephemeral && (
				<MenuItem danger onSelect={request(() => client.rest.delete(path))}>
					Delete
				</MenuItem>
			)}
			{commands.length > 0 && <div class="menu-title">Apps</div>}
			{commands.map((command) => (
				<MenuItem key={command.id} onSelect={act(() => void runContext(client, command, message.id))}>
					{command.name}
				</MenuItem>
			))}
			<div class="menu-title">{`ID ${message.id}`}</div>
		</Menu>
	);
}

function threadName(text: string): string {
	const [line = ''] = text.split('\n');
	return line.slice(0, 40).trim() || 'New thread';
}
