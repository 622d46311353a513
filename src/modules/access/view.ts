import type { APIEmbed } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { timestamp } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, notice } from '#lib/discord/theme.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Leaving } from './discord.js';
import type { Purchase } from './repository.js';

/** A person who is the matter, for a sentence. */
export function personValues(userId: string): Values {
	return { user: markup(`<@${userId}>`) };
}

/** A time for a sentence. */
export function untilValues(until: number): Values {
	return { until: markup(timestamp(until)) };
}

/** What a server that was not let in is told before the bot leaves. */
export function gateView(guild: { readonly ownerId: string }, supportServer: string | null, t: Translate): APIEmbed {
	const text = supportServer === null ? t('access:gate.closed') : t('access:gate.closed-with-link', { link: markup(supportServer) });
	return notice('neutral', text, { id: guild.ownerId });
}

/** What a server reads that the bot was added to. */
export function welcomeView(bot: string, prefix: string, supportServer: string | null, t: Translate): APIEmbed {
	const lines = [t('access:welcome.use', { prefix, help: `${prefix}help` }), t('access:welcome.rights')];
	if (supportServer !== null) lines.push(t('access:welcome.support', { link: markup(supportServer) }));
	return fitEmbed({ color: colours.accent, title: t('access:welcome.title', { name: bot }), description: lines.join('\n') });
}

/** The servers that somebody bought, a line each; `nameOf` knows those that this process serves. */
export function purchaseLines(purchases: readonly Purchase[], nameOf: (guildId: string) => string | null, t: Translate): readonly string[] {
	return purchases.map(({ guildId, since }) => {
		const values = { server: guildId, since: markup(timestamp(since, 'D')) };
		const name = nameOf(guildId);
		return name === null ? t('access:getauth.line', values) : t('access:getauth.line-named', { ...values, name });
	});
}

/** What is said besides, of whether the bot has left. */
export function leavingText(leaving: Leaving, t: Translate): Values {
	return { leaving: markup(t(`access:leaving.${leaving}`)) };
}

/** What the buyer of a server reads by direct message. `reason`: why the server was taken away, where one was given. */
export function buyerView(
	change: 'authorised' | 'unauthorised',
	buyerId: string,
	server: string,
	reason: string | null,
	t: Translate
): APIEmbed {
	if (change === 'authorised') return notice('success', t('access:buyer.authorised', { server }), { id: buyerId });
	const text = reason === null ? t('access:buyer.unauthorised', { server }) : t('access:buyer.unauthorised-reason', { server, reason });
	return notice('warning', text, { id: buyerId });
}

/** A server that the bot came to, was turned away from, or left. */
export function movementView(
	movement: 'joined' | 'turned-away' | 'removed',
	guild: { readonly id: string; readonly name: string; readonly ownerId: string; readonly memberCount: number },
	t: Translate
): APIEmbed {
	const values = {
		name: guild.name,
		server: guild.id,
		owner: markup(`<@${guild.ownerId}>`),
		ownerId: guild.ownerId,
		count: guild.memberCount
	};
	return notice('neutral', t(`access:movement.${movement}`, values), { id: guild.ownerId });
}

/** What is said besides, of whether the buyer was given the role for buyers; nothing where there is none. */
export function roleText(given: boolean | null, t: Translate): Values {
	return { role: markup(given === null ? '' : ` ${t(given ? 'access:role.given' : 'access:role.not-given')}`) };
}
