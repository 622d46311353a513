import type { APIEmbed } from 'discord.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import type { GuardName } from '#lib/commands/guards/guards.js';
import type { GuardAnswer } from '#lib/commands/guards/policies.js';
import { markup } from '#lib/core/markdown.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import { refusalText } from '#lib/errors/refusalText.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';

/** Every guard with its answer; what stands in the way says why. */
export function diagnosisView(
	{ leaf, userId, channelId }: GuardRequest,
	answers: readonly { readonly guard: GuardName; readonly answer: GuardAnswer }[],
	t: Translate,
	languages: Languages
): APIEmbed {
	const blocked = answers.some(({ answer }) => answer !== null);
	const lines = answers.map(({ guard, answer }) => {
		const check = markup(t(`diagnostics:diagnose.checks.${guard}`));
		if (answer === null) return t('diagnostics:diagnose.ok', { mark: markup(marks.success), check });
		const reason = markup(refusalText(answer, t, languages));
		return t('diagnostics:diagnose.problem', { mark: markup(marks.error), check, reason });
	});
	const title = t('diagnostics:diagnose.title', { command: leaf.path, member: markup(`<@${userId}>`), channel: markup(`<#${channelId}>`) });
	const summary = blocked ? t('diagnostics:diagnose.blocked') : t('diagnostics:diagnose.fine');
	return fitEmbed({ color: blocked ? colours.error : colours.success, description: [title, summary, '', ...lines].join('\n') });
}
