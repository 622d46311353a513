import { markup } from '#lib/core/markdown.js';
import { formatDuration } from '#lib/discord/format.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { WarnThreshold } from '../domain/threshold.js';
import type { ThresholdChange } from '../repository/warnings.js';
import type { ListWords } from './caseLists.js';

/** `3 warnings within 30 days: Mute for 1 hour` */
export function thresholdLine({ count, action, durationSeconds, windowSeconds }: WarnThreshold, { t, locale, labelOf }: ListWords): string {
	const length = (seconds: number) => formatDuration(seconds * 1000, locale);
	const label = labelOf(action);
	const what = durationSeconds === null ? label : t('moderation:thresholds.for', { label, length: length(durationSeconds) });
	if (windowSeconds === null) return t('moderation:thresholds.line', { count, what });
	return t('moderation:thresholds.line-within', { count, what, window: length(windowSeconds) });
}

/** What was so for that count of warnings, and what is now. */
export function thresholdChangeText({ before, after }: ThresholdChange, count: number, words: ListWords): Values {
	const shown = (some: readonly WarnThreshold[]) => {
		const one = some.find((threshold) => threshold.count === count);
		return markup(one === undefined ? words.t('moderation:thresholds.nothing') : thresholdLine(one, words));
	};
	return { before: shown(before), after: shown(after) };
}
