import { Duration } from '@sapphire/duration';

export interface WithLength {
	/** What stands before the length; null for nothing. */
	readonly reason: string | null;
	readonly durationMs: number | null;
}

/** A length of time in milliseconds as the last word of a reason, as the original took it: "too loud 2h". Others are part of the reason. */
export function lengthAtEnd(reason: string, { min, max }: { readonly min: number; readonly max: number }): WithLength {
	const { before = '', word = '' } = /^(?<before>.*?)\s*(?<word>\S+)$/s.exec(reason.trimEnd())?.groups ?? {};
	const durationMs = /^(?:\d+[a-z]+)+$/i.test(word) ? new Duration(word).offset : Number.NaN;
	if (!(durationMs >= min && durationMs <= max)) return { reason, durationMs: null };
	return { reason: before === '' ? null : before, durationMs };
}
