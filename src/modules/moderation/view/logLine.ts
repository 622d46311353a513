import type { APIEmbed } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { LogLine } from '../ports.js';

/** A sentence in the log channel, for whoever reads there. */
export function logLine(line: LogLine, t: Translate, labelOf: (type: string, t: Translate) => string): APIEmbed {
	return fitEmbed({ color: colours.warning, description: `> ${marks.warning} ${textOf(line, t, labelOf)}` });
}

function textOf(line: LogLine, t: Translate, labelOf: (type: string, t: Translate) => string): string {
	if (line.kind === 'setting-lost') return t(`moderation:lost.${line.setting}`, { id: line.id });
	const { module, code, values } = line.refused;
	const why = t(`${module}:refusals.${code}` as MessageKey, values);
	return t('moderation:log.escalation-refused', { number: line.number, label: labelOf(line.action, t), why: markup(why) });
}
