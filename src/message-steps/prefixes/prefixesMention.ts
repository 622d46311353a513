import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { isBareMention } from '#lib/commands/parse.js';
import { answerTo, maySpeakAt } from '#lib/discord/answer.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { unanswerable } from '#lib/errors/privateAnswer.js';
import { MessageStep, type StepAnswer } from '#lib/pipeline/step.js';
import { prefixesView } from '#modules/prefixes/view.js';

/** A message that only mentions the bot is told what the bot listens to, once per person in ten seconds. */
export class PrefixesMention extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'claim', order: 0, commands: 'skip', authors: 'members' });
	}

	public override run(message: Message): StepAnswer | Promise<StepAnswer> {
		if (!isBareMention(message.content, message.client.user.id)) return 'pass';
		return this.container.services.prefixes.mayAnswerMention(message.author.id) ? this.#answer(message) : 'stop';
	}

	async #answer(message: Message): Promise<StepAnswer> {
		if (!maySpeakAt(message)) return 'stop';
		const { kit, services } = this.container;
		const { author, guild, guildId } = message;
		const view = await services.prefixes.view(guildId, author.id);
		const locale = await kit.locale({ interaction: null, userId: author.id, guildId, guildLocale: guild?.preferredLocale ?? null });
		const embeds = [prefixesView(view, guildId !== null, author, kit.languages.translator(locale))];
		const sent = answerTo(message, { embeds, allowedMentions: { parse: [], repliedUser: false } });
		await onDiscordCode(sent, unanswerable, null);
		return 'stop';
	}
}
