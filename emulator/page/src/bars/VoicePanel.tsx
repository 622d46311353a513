import { useClient } from '../client/context.js';
import { Icon } from '../common/Icon.js';

/** Where this person is connected, and the way out. */
export function VoicePanel() {
	const client = useClient();
	for (const guild of client.guilds.values()) {
		const state = guild.voice.get(client.id);
		if (state === undefined) continue;
		return (
			<div class="voice-panel">
				<span>
					<b>Voice connected</b>
					<small>
						{guild.channels.get(state.channelId)?.name} / {guild.name}
					</small>
				</span>
				<button type="button" class="quiet" aria-label="Leave the voice channel" onClick={() => client.joinVoice(null, guild.id)}>
					<Icon name="leave" />
				</button>
			</div>
		);
	}
	return null;
}
