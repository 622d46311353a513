import type { Outcome } from '#lib/core/outcome.js';
import { accept, refuse } from '#lib/core/outcome.js';

/** A message as far as clean-up looks at it. Its age lies in its id. */
export interface SeenMessage {
	readonly id: string;
	readonly authorId: string;
	/** Of a bot or a webhook. */
	readonly isBot: boolean;
	readonly content: string;
	readonly pinned: boolean;
	readonly hasImage: boolean;
	readonly hasEmbed: boolean;
	readonly hasSticker: boolean;
	readonly hasMention: boolean;
	readonly hasReaction: boolean;
	/** Discord lets nobody delete some of its own notices. */
	readonly isDeletable: boolean;
}

/** Which messages are meant. */
export type Filter =
	| {
			readonly kind:
				| 'any'
				| 'bots'
				| 'humans'
				| 'invites'
				| 'images'
				| 'links'
				| 'embeds'
				| 'mentions'
				| 'reactions'
				| 'emoji'
				| 'stickers';
	  }
	| { readonly kind: 'duplicates' }
	| { readonly kind: 'member'; readonly userId: string }
	| { readonly kind: 'contains' | 'startswith' | 'endswith'; readonly text: string }
	/** `matches` runs in time linear in the text. */
	| { readonly kind: 'regex'; readonly matches: (text: string) => boolean };

export type FilterKind = Filter['kind'];

const invite = /(?:discord(?:app)?\.com\/invite|discord\.gg|dsc\.gg|discord\.me|discord\.li)\s*\/+\s*[\w-]{2,}/i;
const link = /\bhttps?:\/\/[^\s<>]{2,}/i;
const customEmoji = /<a?:\w{2,32}:\d{15,20}>/;
// Zero-width characters and the like, which keep a word from being found.
const invisible = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/g;

const plain = (text: string) => text.replaceAll(invisible, '').normalize('NFKC').toLowerCase();

const simple: Readonly<
	Record<Exclude<FilterKind, 'duplicates' | 'member' | 'contains' | 'startswith' | 'endswith' | 'regex'>, (message: SeenMessage) => boolean>
> = {
	any: () => true,
	bots: ({ isBot }) => isBot,
	humans: ({ isBot }) => !isBot,
	invites: ({ content }) => invite.test(plain(content)),
	images: ({ hasImage }) => hasImage,
	links: ({ content }) => link.test(content),
	embeds: ({ hasEmbed }) => hasEmbed,
	mentions: ({ hasMention }) => hasMention,
	reactions: ({ hasReaction }) => hasReaction,
	emoji: ({ content }) => customEmoji.test(content),
	stickers: ({ hasSticker }) => hasSticker
};

/** A new test for each walk: what repeats is told by what was seen before. Ask it newest first. */
export function testOf(filter: Filter): (message: SeenMessage) => boolean {
	switch (filter.kind) {
		case 'member':
			return ({ authorId }) => authorId === filter.userId;
		case 'contains':
			return ({ content }) => plain(content).includes(plain(filter.text));
		case 'startswith':
			return ({ content }) => plain(content).trimStart().startsWith(plain(filter.text));
		case 'endswith':
			return ({ content }) => plain(content).trimEnd().endsWith(plain(filter.text));
		case 'regex':
			return ({ content }) => filter.matches(content);
		case 'duplicates':
			return newTexts();
		default:
			return simple[filter.kind];
	}
}

/** The newest of equal messages stays. */
function newTexts(): (message: SeenMessage) => boolean {
	const seen = new Set<string>();
	return ({ authorId, content }) => {
		const text = plain(content).trim();
		if (text === '') return false;
		const key = `${authorId} ${text}`;
		if (seen.has(key)) return true;
		seen.add(key);
		return false;
	};
}

/** How far back is looked, and how many are taken. */
export interface Reach {
	readonly amount: number;
	readonly scan: number;
	readonly keepPinned: boolean;
	/** Only messages before this one, and after that one; ids. */
	readonly before: string | null;
	readonly after: string | null;
}

/** Discord: a message older than 14 days is deleted alone or not at all. A minute less, since the deletion takes its time. */
const bulkAgeMs = 14 * 86_400_000 - 60_000;
/** So many older ones are deleted one by one; more would take minutes and anger Discord. */
export const mostOld = 50;
/** More than this is asked about first, and is mass work. */
export const mostAtOnce = 100;

const epoch = 1_420_070_400_000n;

/** When the thing with this id was made, milliseconds since 1970. */
export function madeAt(id: string): number {
	return Number((BigInt(id) >> 22n) + epoch);
}

export function isYoung(id: string, now: number): boolean {
	return now - madeAt(id) < bulkAgeMs;
}

export interface Selection {
	/** Can be deleted a hundred at once. Newest first. */
	readonly young: readonly string[];
	/** One by one. */
	readonly old: readonly string[];
	/** Meant, but too old and too many. */
	readonly tooOld: number;
}

/** Chooses from a walk, page by page, newest first; answers whether enough are chosen. */
export function chooser(filter: Filter, reach: Reach, chosen: string[]): (page: readonly SeenMessage[]) => boolean {
	const fits = testOf(filter);
	return (page) => {
		for (const message of page) {
			if (chosen.length >= reach.amount) break;
			if (!message.isDeletable || (reach.keepPinned && message.pinned)) continue;
			if (reach.after !== null && BigInt(message.id) <= BigInt(reach.after)) break;
			if (fits(message)) chosen.push(message.id);
		}
		return chosen.length >= reach.amount;
	};
}

/** Which of the chosen messages, newest first, are deleted how. */
export function select(chosen: readonly string[], now: number): Selection {
	const young = chosen.filter((id) => isYoung(id, now));
	const older = chosen.slice(young.length);
	return { young, old: older.slice(0, mostOld), tooOld: Math.max(0, older.length - mostOld) };
}

/** One by one takes a quarter of a second each: more than a few is mass work. */
const mostOldAtOnce = 8;

export function isMassWork({ young, old }: Selection): boolean {
	return young.length > mostAtOnce || old.length > mostOldAtOnce;
}

/** Two messages in either order, as the range between them; refused when they lie in another channel. */
export function rangeOf(
	channelId: string,
	first: { readonly channelId: string; readonly messageId: string },
	second: { readonly channelId: string; readonly messageId: string } | null
): Outcome<{ readonly from: string; readonly to: string }, 'other-channel'> {
	if (first.channelId !== channelId || (second !== null && second.channelId !== channelId)) return refuse('other-channel');
	const [a, b] = [first.messageId, second?.messageId ?? first.messageId];
	return accept(BigInt(a) <= BigInt(b) ? { from: a, to: b } : { from: b, to: a });
}
