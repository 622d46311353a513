import { Events, Listener } from '@sapphire/framework';
import type { Message, PartialMessage } from 'discord.js';

/** An edited message may call a command once. What Discord sends when it adds a preview is no edit. */
export class GatewayMessageUpdate extends Listener<typeof Events.MessageUpdate> {
	public constructor(context: Listener.LoaderContext) {
		super(context, { event: Events.MessageUpdate });
	}

	public override async run(before: Message | PartialMessage, after: Message | PartialMessage) {
		const unchanged = !before.partial && before.content === after.content;
		if (unchanged || after.partial) return;
		await this.container.messages.onEdit(after);
	}
}
