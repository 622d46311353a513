import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep } from '#lib/pipeline/step.js';
import { isAnyHeld } from '#modules/restrictions/domain/restriction.js';

/** A nickname that is locked is there again when its member comes back. */
export class RestrictionsForcenick extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'guard', order: 300 });
	}

	public override isOn(guildId: string | null): boolean {
		const known = guildId === null ? undefined : this.container.services.restrictions.peek(guildId);
		return guildId !== null && (known === undefined || isAnyHeld(known, 'forcenick'));
	}

	public override async run({ id: userId, guild }: GuildMember): Promise<void> {
		await this.container.services.restrictions.joins.giveNick({ guildId: guild.id, userId });
	}
}
