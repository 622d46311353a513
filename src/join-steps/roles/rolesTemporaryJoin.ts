import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep } from '#lib/pipeline/step.js';

/** Gives back the roles that somebody has for a time. */
export class RolesTemporaryJoin extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'observe', order: 400 });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null && this.container.services.roles.mayHaveTemporary(guildId);
	}

	public override run({ id, guild }: GuildMember): Promise<void> {
		return this.container.services.roles.onJoin(guild.id, id);
	}
}
