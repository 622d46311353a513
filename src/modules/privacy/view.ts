import type { APIEmbed } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks, notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type Forgotten, isOptedOut, type OptOutFeature, optOutFeatures } from './domain.js';

const abouts: Readonly<Record<OptOutFeature, MessageKey>> = {
	snipe: 'privacy:features.snipe',
	names: 'privacy:features.names',
	avatars: 'privacy:features.avatars',
	seen: 'privacy:features.seen',
	lastfm: 'privacy:features.lastfm',
	levels: 'privacy:features.levels'
};

/** All switches of a person, or those in `shown`. */
export function switchesView(bits: number, prefix: string, t: Translate, shown: readonly OptOutFeature[] = optOutFeatures): APIEmbed {
	const lines = shown.map((feature) => {
		const on = isOptedOut(bits, feature);
		return t(on ? 'privacy:table.on' : 'privacy:table.off', {
			mark: on ? marks.off : marks.on,
			feature,
			about: markup(t(abouts[feature]))
		});
	});
	const hint = t('privacy:table.hint', { example: `${prefix}privacy names on`, mydata: `${prefix}mydata`, forgetme: `${prefix}forgetme` });
	return fitEmbed({ color: colours.neutral, title: t('privacy:table.title'), description: [...lines, '', hint].join('\n') });
}

/** What was deleted, and what stays and why. */
export function forgottenView({ erased, kept }: Forgotten<MessageKey>, caller: { readonly id: string }, t: Translate): APIEmbed {
	const reasons = [...new Set(kept.map(({ reason }) => reason))];
	const done = erased === 0 ? t('privacy:forgetme.nothing') : t('privacy:forgetme.done', { count: erased });
	return notice(
		'success',
		[done, ...reasons.map((reason) => t('privacy:forgetme.kept', { reason: markup(t(reason)) }))].join('\n'),
		caller
	);
}
