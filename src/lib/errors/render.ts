import type { APIEmbed, ContextMenuCommandInteraction, Interaction, Message } from 'discord.js';
import type { CommandKit } from '#lib/commands/kit.js';
import { markup } from '#lib/core/markdown.js';
import { notice, type Tone } from '#lib/discord/theme.js';
import { defaultLocale, type Translate } from '#lib/i18n/languages.js';
import type { Logger } from '#lib/observability/logger.js';
import type { Metrics } from '#lib/observability/metrics.js';
import { type Decision, decide } from './decide.js';
import type { ErrorPlace, ErrorReports } from './errorReports.js';
import { PrivateAnswers } from './privateAnswer.js';
import { refusalText } from './refusalText.js';

export interface ErrorRendererOptions {
	readonly kit: Pick<CommandKit, 'languages' | 'locale'>;
	readonly reports: ErrorReports;
	readonly logger: Logger;
	readonly metrics: Metrics;
	/** A link for people who meet an unexpected error. */
	readonly supportServer: string | null;
}

type Where = Pick<ErrorPlace, 'where' | 'name'>;

/** Where every error, refusal and outage becomes a sentence, and everything unexpected a code. */
export class ErrorRenderer {
	public readonly answers = new PrivateAnswers();

	public constructor(private readonly options: ErrorRendererOptions) {}

	/** An error on the way of a command that was typed. */
	public async toMessage(error: unknown, message: Message, where: Where): Promise<void> {
		const { author, guildId, guild } = message;
		const place = { ...where, guildId, channelId: message.channelId, userId: author.id, shard: guild?.shardId };
		const decision = decide(error);
		if (decision.kind === 'silent' || (decision.kind === 'refusal' && decision.silent)) return;
		const t = await this.#translator({ interaction: null, userId: author.id, guildId, guildLocale: guild?.preferredLocale ?? null });
		await this.#answer(place, () => this.answers.toMessage(message, this.#sentence(decision, error, place, t)));
	}

	/** An error on the way of anything that Discord waits to be answered: also what is silent by prefix gets a sentence. */
	public async toInteraction(error: unknown, interaction: Interaction | ContextMenuCommandInteraction, where: Where): Promise<void> {
		const { user, guildId, channelId, guild, locale, guildLocale } = interaction;
		const place = { ...where, guildId, channelId, userId: user.id, shard: guild?.shardId };
		const decision = decide(error);
		const t = await this.#translator({ interaction: locale, userId: user.id, guildId, guildLocale });
		await this.#answer(place, () => this.answers.toInteraction(interaction, this.#sentence(decision, error, place, t)));
	}

	/** An error of work that nobody waits for: listeners, message steps, tasks. */
	public inBackground(error: unknown, place: ErrorPlace): void {
		const { kind } = decide(error);
		if (kind === 'unexpected') this.options.reports.report(error, place);
		else if (kind !== 'silent') this.options.logger.warn({ err: error, ...place }, `${place.name ?? place.where} could not do its work`);
	}

	#sentence(decision: Decision, error: unknown, place: ErrorPlace & { readonly userId: string }, t: Translate): APIEmbed {
		const say = (tone: Tone, text: string) => notice(tone, text, { id: place.userId });
		switch (decision.kind) {
			case 'silent':
				return say('neutral', t('errors:nothing-to-do'));
			case 'refusal':
				this.options.metrics.refusals.inc({ code: `${decision.module}.${decision.code}` });
				return say('error', refusalText(decision, t, this.options.kit.languages));
			case 'storage-away':
				return say('warning', t('errors:storage-away'));
			case 'discord':
				return say(decision.sentence === 'away' ? 'warning' : 'error', t(`errors:discord.${decision.sentence}`));
			case 'unexpected': {
				const code = this.options.reports.report(error, place);
				const { supportServer } = this.options;
				if (supportServer === null) return say('error', t('errors:unexpected', { code }));
				return say('error', t('errors:unexpected-with-link', { code, link: markup(supportServer) }));
			}
		}
	}

	/** The last stop: what goes wrong while answering is kept, and nobody is told. */
	async #answer(place: ErrorPlace, send: () => Promise<void>): Promise<void> {
		try {
			await send();
		} catch (error) {
			this.inBackground(error, { ...place, where: 'error answer' });
		}
	}

	/** Never fails: with storage away the default language has to do. */
	async #translator(who: Parameters<CommandKit['locale']>[0]): Promise<Translate> {
		const { kit } = this.options;
		try {
			return kit.languages.translator(await kit.locale(who));
		} catch (error) {
			this.options.logger.debug({ err: error }, 'The language of an answer could not be read');
			return kit.languages.translator(defaultLocale);
		}
	}
}

declare module '@sapphire/pieces' {
	interface Container {
		errors: ErrorRenderer;
	}
}
