import { createHash } from 'node:crypto';
import { type Client, Routes } from 'discord.js';
import type { Clock } from '#lib/core/clock.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import type { Translate } from '#lib/i18n/languages.js';
import { openedView } from './view.js';

export interface StaffNoteOptions {
	readonly client: Pick<Client, 'rest'>;
	readonly clock: Clock;
	/** The language of a server. */
	readonly speak: (guildId: string) => Translate;
	/** Where a server wants to hear of moderation. */
	readonly logChannelOf: (guildId: string) => Promise<string | null>;
}

/** Of two processes that say the same within this, one is heard. Milliseconds. */
const sameMs = 60_000;

/** Tells the log channel of a server that commands are open to everybody again; without one nobody is told. */
export function openedNote({ client, clock, speak, logChannelOf }: StaffNoteOptions) {
	return async (guildId: string, commands: readonly string[]): Promise<void> => {
		const channelId = await logChannelOf(guildId);
		if (channelId === null) return;
		const nonce = createHash('sha256')
			.update(`${guildId} ${commands.join()} ${Math.floor(clock.now() / sameMs)}`)
			.digest('base64url')
			.slice(0, 25);
		const body = { embeds: [openedView(commands, speak(guildId))], allowed_mentions: { parse: [] }, nonce, enforce_nonce: true };
		try {
			await client.rest.post(Routes.channelMessages(channelId), { body });
		} catch (error) {
			// A note to staff never keeps anything from being done.
			if (discordSentence(error) === null) throw error;
		}
	};
}
