import { type APIVoiceState, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Target } from '../domain/situation.js';

/** In which voice channel Discord has somebody; null for none. */
export async function voiceOf(rest: Pick<REST, 'get'>, guildId: string, userId: string): Promise<Target['voice']> {
	const asked = rest.get(Routes.guildVoiceState(guildId, userId)) as Promise<APIVoiceState>;
	const state = await onDiscordCode(asked, [RESTJSONErrorCodes.UnknownVoiceState, RESTJSONErrorCodes.UnknownMember], null);
	return state?.channel_id ? { channelId: state.channel_id, muted: state.mute, deafened: state.deaf } : null;
}
