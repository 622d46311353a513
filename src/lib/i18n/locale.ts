import type { InternationalizationOptions } from '@sapphire/plugin-i18next';
import { escapeMarkdown } from '#lib/core/markdown.js';
import { defaultLocale, languagesDirectory } from './languages.js';

/** What is known about the language of a conversation. */
export interface LocaleSources {
	/** What the person's Discord said with this interaction. */
	readonly interaction?: string | null | undefined;
	/** What the person chose with us. */
	readonly user?: string | null | undefined;
	/** What the server chose with us, or its preferred locale. */
	readonly guild?: string | null | undefined;
}

/** The first of interaction, user and guild that we have sentences for; en-US otherwise. */
export function chooseLocale(sources: LocaleSources, locales: readonly string[]): string {
	const wished = [sources.interaction, sources.user, sources.guild];
	return wished.find((locale): locale is string => typeof locale === 'string' && locales.includes(locale)) ?? defaultLocale;
}

/** Where chosen locales are looked up; both answer from memory. */
export interface LocaleChoices {
	user(userId: string): string | null;
	guild(guildId: string): string | null;
}

/** The settings of @sapphire/plugin-i18next: same files, same order of locales, values escaped. */
export function i18nOptions(choices: LocaleChoices, locales: readonly string[]): InternationalizationOptions {
	return {
		defaultLanguageDirectory: languagesDirectory,
		defaultName: defaultLocale,
		i18next: {
			showSupportNotice: false,
			interpolation: { escapeValue: true, escape: (text) => escapeBraces(escapeMarkdown(text)), skipOnVariables: true }
		},
		fetchLanguage: ({ guild, user, interactionLocale }) =>
			chooseLocale(
				{
					interaction: interactionLocale,
					user: user && choices.user(user.id),
					guild: guild && (choices.guild(guild.id) ?? guild.preferredLocale)
				},
				locales
			)
	};
}

/** i18next looks for placeholders again in what it has inserted. */
function escapeBraces(text: string): string {
	return text.replace(/[{}$]/g, '\\$&');
}
