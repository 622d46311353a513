import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { MessageStep } from '#lib/pipeline/step.js';

/** Remembers when somebody wrote last. */
export class AfkSeen extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'observe', order: 900, commands: 'also', authors: 'members' });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null;
	}

	public override run({ guildId, channelId, author, createdTimestamp }: Message): void {
		if (guildId !== null) this.container.services.afk.seen.onMessage(guildId, author.id, channelId, createdTimestamp);
	}
}
