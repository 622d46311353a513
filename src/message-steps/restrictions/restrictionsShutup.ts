import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { MessageStep, type StepAnswer } from '#lib/pipeline/step.js';
import { readSpoken } from '#modules/restrictions/discord/spoken.js';

/** Deletes what members write who shall be silent, before anything else looks at it. */
export class RestrictionsShutup extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'guard', order: 100, commands: 'also', authors: 'members' });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null && this.container.services.restrictions.messages.isOn(guildId, 'shutup');
	}

	public override run(message: Message): StepAnswer | Promise<StepAnswer> {
		if (!message.inGuild()) return 'pass';
		const { messages } = this.container.services.restrictions;
		const held = messages.has(message.guildId, message.author.id, 'shutup');
		if (held instanceof Promise) return held.then((found) => (found ? messages.silence(readSpoken(message)) : 'pass'));
		return held ? messages.silence(readSpoken(message)) : 'pass';
	}
}
