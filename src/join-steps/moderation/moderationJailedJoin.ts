import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep } from '#lib/pipeline/step.js';

/** Somebody comes back who is in jail: before he gets any role, or is greeted. */
export class ModerationJailedJoin extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'guard', order: 200 });
	}

	public override async run({ id, guild }: GuildMember): Promise<void> {
		await this.container.services.moderation.jail.joined(guild.id, id);
	}
}
