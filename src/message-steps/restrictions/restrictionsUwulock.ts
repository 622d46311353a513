import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { MessageStep, type StepAnswer } from '#lib/pipeline/step.js';
import { readSpoken } from '#modules/restrictions/discord/spoken.js';

/** Says again in baby talk what members write who have to. Comes after the rules of the chat: those see the message as it was. */
export class RestrictionsUwulock extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'guard', order: 400, commands: 'also', authors: 'members' });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null && this.container.services.restrictions.messages.isOn(guildId, 'uwulock');
	}

	public override run(message: Message): StepAnswer | Promise<StepAnswer> {
		if (!message.inGuild()) return 'pass';
		const { messages } = this.container.services.restrictions;
		const held = messages.has(message.guildId, message.author.id, 'uwulock');
		if (held instanceof Promise) return held.then((found) => (found ? messages.babble(readSpoken(message)) : 'pass'));
		return held ? messages.babble(readSpoken(message)) : 'pass';
	}
}
