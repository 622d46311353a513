import { markup } from '#lib/core/markdown.js';
import type { Translate } from '#lib/i18n/languages.js';

/** One line for each channel that no lock touches. */
export function ignoredLines(channelIds: readonly string[], t: Translate): readonly string[] {
	return channelIds.map((id) => t('channelstate:ignore.line', { channel: markup(`<#${id}>`) }));
}
