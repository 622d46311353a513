import { type APIEmbed, EmbedBuilder } from 'discord.js';
import type { CommandContext, PagesRequest } from '#lib/commands/context/commandContext.js';
import { Pagers } from './pagers.js';
import { pagesOfEmbeds, pagesOfLines } from './pagesView.js';
import { pageView } from './view.js';

/** The pagers of this process: opened by commands, turned by the page buttons. */
export const pagers = new Pagers();

/** Answers with the first page. Only the caller may turn it; 180 seconds after the last press its buttons are greyed. */
export async function sendPages(
	context: Pick<CommandContext, 't' | 'user' | 'channelId' | 'leaf' | 'reply' | 'client'>,
	request: PagesRequest | { readonly embeds: readonly (APIEmbed | EmbedBuilder)[] },
	open: Pagers = pagers
): Promise<void> {
	const { t, user, channelId, leaf, client } = context;
	const pages = 'embeds' in request ? pagesOfEmbeds(request.embeds.map(toPlain)) : pagesOfLines(request);
	if (pages.count === 1) {
		await context.reply(pageView({ nonce: '', pages, index: 0 }, t));
		return;
	}

	const place = open.open({ userId: user.id, channelId, module: leaf.module }, pages);
	try {
		const sent = await context.reply(pageView(place, t));
		open.start(place.nonce, (index) => {
			// The message may be gone: then there is nothing to grey.
			sent.edit(pageView({ ...place, index }, t, true)).catch((error: unknown) => client.logger.debug(error));
		});
	} catch (error) {
		open.drop(place.nonce);
		throw error;
	}
}

function toPlain(embed: APIEmbed | EmbedBuilder): APIEmbed {
	return embed instanceof EmbedBuilder ? embed.toJSON() : embed;
}
