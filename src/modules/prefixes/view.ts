import type { APIEmbed } from 'discord.js';
import { notice } from '#lib/discord/theme.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import { defaultPrefix, type PrefixView } from './domain.js';
import type { PrefixChange } from './repository.js';

/** What a person can type here to call the bot. */
export function prefixesView({ guild, self }: PrefixView, inGuild: boolean, caller: { readonly id: string }, t: Translate): APIEmbed {
	if (!inGuild) return notice('neutral', t('prefixes:view.direct', { guild }), caller);
	return notice('neutral', self === null ? t('prefixes:view.guild', { guild }) : t('prefixes:view.both', { guild, self }), caller);
}

/** A server's prefix before and after, for a sentence: without a row it is the usual one. */
export function guildChange({ before, after }: PrefixChange): Values {
	return { before: before ?? defaultPrefix, after: after ?? defaultPrefix };
}
