import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep } from '#lib/pipeline/step.js';

/** Somebody comes back whose mute lasts longer than Discord's time-outs. */
export class ModerationMutedJoin extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'observe', order: 300 });
	}

	public override async run({ id, guild }: GuildMember): Promise<void> {
		await this.container.services.moderation.renewal.joined(guild.id, id);
	}
}
