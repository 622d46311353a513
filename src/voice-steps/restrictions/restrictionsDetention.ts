import type { Piece } from '@sapphire/pieces';
import { type StepAnswer, type VoiceChange, VoiceStep } from '#lib/pipeline/step.js';
import { isAnyHeld } from '#modules/restrictions/domain/restriction.js';

/** Members in the naughty corner are brought back to it; nothing else happens to such a change. */
export class RestrictionsDetention extends VoiceStep {
	public constructor(context: Piece.LoaderContext<'voice-steps'>) {
		super(context, { stage: 'guard', order: 100 });
	}

	public override isOn(guildId: string | null): boolean {
		const known = guildId === null ? undefined : this.container.services.restrictions.peek(guildId);
		return guildId !== null && (known === undefined || (known.detentionChannelId !== null && isAnyHeld(known, 'detention')));
	}

	public override async run({ before, after }: VoiceChange): Promise<StepAnswer> {
		// Muting and the like is no change of place.
		if (before.channelId === after.channelId) return 'pass';
		const who = { guildId: after.guild.id, userId: after.id };
		return (await this.container.services.restrictions.keeper.onVoice(who, after.channelId)) ? 'stop' : 'pass';
	}
}
