import type { APIEmbed } from 'discord.js';
import { fitEmbed } from './limits.js';

export type Tone = 'success' | 'warning' | 'error' | 'neutral';

export const colours = {
	success: 0x43b581,
	warning: 0xfaa61a,
	error: 0xed4245,
	neutral: 0x2b2d31,
	accent: 0x5865f2
} as const;

/** Plain Unicode, so that they show in every server. */
export const marks = {
	success: '✅',
	warning: '⚠️',
	error: '❌',
	wait: '⌛',
	locked: '🔒',
	off: '🚫',
	on: '🟢',
	here: '📍',
	first: '⏮️',
	previous: '◀️',
	next: '▶️',
	last: '⏭️',
	goTo: '🔢',
	remove: '🗑️'
} as const;

/**
 * The one look of short answers: `> {mark} {mention}: {text}`; neutral ones have neither mark nor mention.
 *
 * `text` is a finished sentence, its values escaped by the translator.
 */
export function notice(tone: Tone, text: string, caller: { readonly id: string }): APIEmbed {
	const description = tone === 'neutral' ? `> ${text}` : `> ${marks[tone]} <@${caller.id}>: ${text}`;
	return fitEmbed({ color: colours[tone], description: quoted(description) });
}

/** Discord ends a quote at the line's end. */
function quoted(text: string): string {
	return text.replaceAll('\n', '\n> ');
}
