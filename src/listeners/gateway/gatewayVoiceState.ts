import { Events, Listener } from '@sapphire/framework';
import type { VoiceState } from 'discord.js';

/** Every voice change goes through the one pipeline. */
export class GatewayVoiceState extends Listener<typeof Events.VoiceStateUpdate> {
	public constructor(context: Listener.LoaderContext) {
		super(context, { event: Events.VoiceStateUpdate });
	}

	public override run(before: VoiceState, after: VoiceState) {
		return this.container.voices.on({ before, after }, after.guild.id);
	}
}
