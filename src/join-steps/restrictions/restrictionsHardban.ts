import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep, type StepAnswer } from '#lib/pipeline/step.js';
import { readNewcomer } from '#modules/restrictions/discord/newcomer.js';
import { isAnyHeld } from '#modules/restrictions/domain/restriction.js';

/** Who is hard-banned and comes back all the same is banned again. */
export class RestrictionsHardban extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'guard', order: 100 });
	}

	public override isOn(guildId: string | null): boolean {
		const known = guildId === null ? undefined : this.container.services.restrictions.peek(guildId);
		return guildId !== null && (known === undefined || isAnyHeld(known, 'hardban'));
	}

	public override async run(member: GuildMember): Promise<StepAnswer> {
		return (await this.container.services.restrictions.joins.turnAway(readNewcomer(member), 'hardban')) ? 'stop' : 'pass';
	}
}
