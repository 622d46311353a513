import { sub } from '#lib/commands/definition.js';
import { integer, messageLink, rest, withDefault } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { type FilterKind, rangeOf } from '#modules/cleanup/domain.js';
import { longestPattern, readPattern } from '#modules/cleanup/pattern.js';
import { cooldown, filtered, permissions, purge, reachOf } from './_purge.js';

type Simple = Exclude<FilterKind, 'any' | 'member' | 'contains' | 'startswith' | 'endswith' | 'regex'>;

const amount = () => withDefault(integer({ min: 1, max: filtered.most }), filtered.amount);
const most = { amount: 1_000, scan: 1_000 } as const;

const simple = (kind: Simple) =>
	sub({
		slash: `purge ${kind}`,
		permissions,
		options: { amount: amount() },
		run: (context, args) => purge(context, { kind }, reachOf({ amount: args.amount }))
	});

const byText = (kind: 'contains' | 'startswith' | 'endswith') =>
	sub({
		slash: `purge ${kind}`,
		permissions,
		...(kind === 'contains' && { cooldown }),
		options: { text: rest({ max: 200 }) },
		run: (context, { text }) => purge(context, { kind, text }, reachOf())
	});

export const Clear = defineGroup({
	id: 'cleanup.clear',
	name: 'clear',
	subcommands: {
		contains: byText('contains'),
		startswith: byText('startswith'),
		endswith: byText('endswith'),
		invites: simple('invites'),
		images: simple('images'),
		links: simple('links'),
		embeds: simple('embeds'),
		bots: simple('bots'),
		humans: simple('humans'),
		mentions: simple('mentions'),
		reactions: simple('reactions'),
		emoji: simple('emoji'),
		stickers: simple('stickers'),
		duplicates: simple('duplicates'),
		regex: sub({
			slash: 'purge regex',
			permissions,
			options: { pattern: rest({ max: longestPattern }) },
			run(context, { pattern }) {
				const read = readPattern(pattern);
				if (!read.ok) throw refusal('cleanup', read.code, read.values);
				return purge(context, { kind: 'regex', matches: read.value }, reachOf());
			}
		}),
		before: sub({
			slash: 'purge before',
			permissions,
			options: { message: messageLink(), amount: amount() },
			run(context, { message, amount: wanted }) {
				const { from } = here(context.channelId, message, null);
				return purge(context, { kind: 'any' }, reachOf({ amount: wanted, before: from }));
			}
		}),
		after: sub({
			slash: 'purge after',
			permissions,
			options: { message: messageLink() },
			run(context, { message }) {
				const { from } = here(context.channelId, message, null);
				return purge(context, { kind: 'any' }, reachOf({ ...most, after: from }));
			}
		}),
		between: sub({
			slash: 'purge between',
			permissions,
			options: { first: messageLink(), second: messageLink() },
			run(context, { first, second }) {
				const { from, to } = here(context.channelId, first, second);
				return purge(context, { kind: 'any' }, reachOf({ ...most, after: from, before: to }));
			}
		})
	}
});

type Link = Parameters<typeof rangeOf>[1];

function here(channelId: string, first: Link, second: Link | null) {
	const range = rangeOf(channelId, first, second);
	if (!range.ok) throw refusal('cleanup', range.code);
	return range.value;
}
