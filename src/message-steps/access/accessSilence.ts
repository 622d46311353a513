import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { MessageStep, type StepAnswer } from '#lib/pipeline/step.js';

/** Comes before every claim: what a person on the blacklist writes is claimed by nobody. His commands are refused by their guard. */
export class AccessSilence extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'claim', order: -100, commands: 'skip', authors: 'members' });
	}

	public override run({ author }: Message): StepAnswer {
		return this.container.services.access.isBlacklisted(author.id) ? 'stop' : 'pass';
	}
}
