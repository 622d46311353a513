import { useClient } from '../client/context.js';
import { Avatar } from '../common/Avatar.js';
import { Icon } from '../common/Icon.js';
import type { Channel } from '../state/model.js';

/** A voice channel with who is in it. A click joins. */
export function VoiceChannel({ channel }: { channel: Channel }) {
	const client = useClient();
	const { guild } = client;
	if (guild === null) return null;
	const inside = [...guild.voice.values()].filter(({ channelId }) => channelId === channel.id);
	return (
		<>
			<button type="button" class="channel" title="Join" onClick={() => client.joinVoice(channel, guild.id)}>
				<Icon name="voice" />
				<span>{channel.name}</span>
			</button>
			{inside.map(({ userId, mute, deaf }) => {
				const user = guild.members.get(userId)?.user;
				if (user === undefined) return null;
				return (
					<div key={userId} class="voice-member">
						<Avatar user={user} size={22} />
						<span>{client.nameOf(user)}</span>
						{(mute || deaf) && <small>{deaf ? 'deaf' : 'muted'}</small>}
					</div>
				);
			})}
		</>
	);
}
