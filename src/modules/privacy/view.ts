import { type APIActionRowComponent, type APIButtonComponent, type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { timestamp } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks, notice } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type Consent, type ConsentState, type Forgotten, isOptedOut, type OptOutFeature, optOutFeatures } from './domain.js';
import { acceptId, declineId } from './ids.js';

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

type Buttons = APIActionRowComponent<APIButtonComponent>;

/** What is stored, for a person who is not known yet. */
export function consentNotice(
	user: { readonly id: string },
	t: Translate
): { readonly embeds: APIEmbed[]; readonly components: Buttons[] } {
	const text = t('privacy:consent.text', {
		user: markup(`<@${user.id}>`),
		privacy: 'privacy',
		mydata: 'mydata',
		forgetme: 'forgetme'
	});
	return {
		embeds: [fitEmbed({ color: colours.neutral, title: t('privacy:consent.title'), description: text })],
		components: [consentButtons(user.id, 'unknown', t)]
	};
}

/** What follows from an answer. */
export function consentAnswered(consent: Exclude<Consent, 'unknown'>, user: { readonly id: string }, t: Translate): APIEmbed {
	return notice('success', t(`privacy:consent.${consent}`, { privacy: 'privacy', mydata: 'mydata', forgetme: 'forgetme' }), user);
}

/** What the person said, with a button for something else. */
export function consentView(
	{ consent, at }: ConsentState,
	user: { readonly id: string },
	t: Translate
): { readonly embed: APIEmbed; readonly components: Buttons[] } {
	const since = markup(at === null ? '' : timestamp(at, 'D'));
	return {
		embed: fitEmbed({ color: colours.neutral, description: t(`privacy:consent.state.${consent}`, { since }) }),
		components: [consentButtons(user.id, consent, t)]
	};
}

function consentButtons(userId: string, consent: Consent, t: Translate): Buttons {
	const button = (style: ButtonStyle.Success | ButtonStyle.Secondary, label: string, custom_id: string): APIButtonComponent => ({
		type: ComponentType.Button,
		style,
		label,
		custom_id
	});
	const accept = button(ButtonStyle.Success, t('privacy:consent.agree'), acceptId.encode({ userId }));
	const decline = button(ButtonStyle.Secondary, t('privacy:consent.disagree'), declineId.encode({ userId }));
	return {
		type: ComponentType.ActionRow,
		components: [...(consent === 'accepted' ? [] : [accept]), ...(consent === 'declined' ? [] : [decline])]
	};
}
