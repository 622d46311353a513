import { Events, Listener } from '@sapphire/framework';
import type { Message } from 'discord.js';

/** Replaces Sapphire's listener of this name: every message goes through the one pipeline. */
export class CoreMessageCreate extends Listener<typeof Events.MessageCreate> {
	public constructor(context: Listener.LoaderContext) {
		super(context, { event: Events.MessageCreate });
	}

	public override run(message: Message) {
		return this.container.messages.onMessage(message);
	}
}
