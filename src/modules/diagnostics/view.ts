import { type APIEmbed, AttachmentBuilder } from 'discord.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import type { GuardName } from '#lib/commands/guards/guards.js';
import type { GuardAnswer } from '#lib/commands/guards/policies.js';
import type { OwnCall } from '#lib/commands/ownWords.js';
import { markup } from '#lib/core/markdown.js';
import { timestamp } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import { refusalText } from '#lib/errors/refusalText.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';
import type { StoredReport } from './repository.js';

/** Every guard with its answer; what stands in the way says why. `own`: the server's word by which the command was named. */
export function diagnosisView(
	{ leaf, userId, channelId }: GuardRequest,
	answers: readonly { readonly guard: GuardName; readonly answer: GuardAnswer }[],
	t: Translate,
	languages: Languages,
	own: OwnCall | null = null
): APIEmbed {
	const blocked = answers.some(({ answer }) => answer !== null);
	const lines = answers.map(({ guard, answer }) => {
		const check = markup(t(`diagnostics:diagnose.checks.${guard}`));
		if (answer === null) return t('diagnostics:diagnose.ok', { mark: markup(marks.success), check });
		const reason = markup(refusalText(answer, t, languages));
		return t('diagnostics:diagnose.problem', { mark: markup(marks.error), check, reason });
	});
	const title = t('diagnostics:diagnose.title', { command: leaf.path, member: markup(`<@${userId}>`), channel: markup(`<#${channelId}>`) });
	const stands = own === null ? [] : [t('commandsettings:aliases.stands-for', { alias: own.word, call: own.call })];
	const summary = blocked ? t('diagnostics:diagnose.blocked') : t('diagnostics:diagnose.fine');
	return fitEmbed({ color: blocked ? colours.error : colours.success, description: [...stands, title, summary, '', ...lines].join('\n') });
}

/** Features: a trace longer than this comes as a file. Characters. */
const longestInline = 1000;

/** Everything that is known about one error; a long trace as a file. */
export function reportView(report: StoredReport, t: Translate): { embeds: APIEmbed[]; files: AttachmentBuilder[] } {
	const { code, at, guildId, channelId, userId, source, trace } = report;
	const none = t('diagnostics:error.none');
	const id = (value: string | null) => (value === null ? none : `\`${value}\``);
	const inline = trace.length <= longestInline;
	const embed = fitEmbed({
		color: colours.neutral,
		title: t('diagnostics:error.title', { code: markup(code) }),
		...(inline ? { description: `\`\`\`\n${trace.replaceAll('```', "'''")}\n\`\`\`` } : {}),
		fields: [
			{ name: t('diagnostics:error.source'), value: source ?? none, inline: true },
			{ name: t('diagnostics:error.when'), value: timestamp(at), inline: true },
			{ name: t('diagnostics:error.server'), value: id(guildId), inline: true },
			{ name: t('diagnostics:error.channel'), value: channelId === null ? none : `<#${channelId}> ${id(channelId)}`, inline: true },
			{ name: t('diagnostics:error.user'), value: userId === null ? none : `<@${userId}> ${id(userId)}`, inline: true }
		]
	});
	return { embeds: [embed], files: inline ? [] : [new AttachmentBuilder(Buffer.from(trace), { name: `error-${code}.txt` })] };
}
