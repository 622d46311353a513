import type { Piece } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { JoinStep, type StepAnswer } from '#lib/pipeline/step.js';
import { readNewcomer } from '#modules/restrictions/discord/newcomer.js';

/** Into a private server only those may come who are on its whitelist. */
export class RestrictionsPrivate extends JoinStep {
	public constructor(context: Piece.LoaderContext<'join-steps'>) {
		super(context, { stage: 'guard', order: 110 });
	}

	public override isOn(guildId: string | null): boolean {
		const known = guildId === null ? undefined : this.container.services.restrictions.peek(guildId);
		return guildId !== null && known?.isPrivate !== false;
	}

	public override async run(member: GuildMember): Promise<StepAnswer> {
		return (await this.container.services.restrictions.joins.turnAway(readNewcomer(member), 'private')) ? 'stop' : 'pass';
	}
}
