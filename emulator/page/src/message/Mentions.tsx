import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';
import { hexColour } from '../state/access.js';
import { channelIcon } from '../state/channelIcon.js';

export function PersonMention({ id }: { id: string }) {
	const client = useClient();
	const user = client.guild?.members.get(id)?.user ?? client.channel?.recipients.find((recipient) => recipient.id === id);
	const own = id === client.id;
	const name = user === undefined ? (own ? client.person.display_name : `<@${id}>`) : client.nameOf(user);
	return <span class={own ? 'mention own' : 'mention'}>@{name}</span>;
}

export function RoleMention({ id }: { id: string }) {
	const role = useClient().guild?.roles.get(id);
	const colour = role === undefined || role.color === 0 ? {} : { color: hexColour(role.color) };
	return (
		<span class="mention" style={colour}>
			@{role?.name ?? 'deleted-role'}
		</span>
	);
}

export function ChannelMention({ id }: { id: string }) {
	const client = useClient();
	const channel = client.findChannel(id);
	if (channel === null || !client.sees(channel)) return <span class="mention"># unknown</span>;
	return (
		<button type="button" class="mention" onClick={() => client.openChannel(id)}>
			<Icon name={channelIcon(channel)} size={14} />
			{channel.name}
		</button>
	);
}

/** An emoji of a server, or a plain one. */
export function EmojiPicture({ id, name }: { id: string | null | undefined; name: string }) {
	if (id === null || id === undefined) return <span class="emoji">{name}</span>;
	return <img class="emoji" alt={`:${name}:`} title={`:${name}:`} src={`/cdn/emojis/${id}.png`} />;
}
