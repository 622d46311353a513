import { duration, member, optional, rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { place } from '#modules/channelstate/options.js';
import { performHere } from './_perform.js';

interface MuteNames {
	readonly name: string;
	readonly aliases: readonly string[];
	readonly slash: string;
}

const permissions = { member: ['ManageChannels'] } as const;
const year = 365 * 86_400_000;

/** A command that takes something from a member in one channel, for good or for a time. */
export const defineMute = ({ name, aliases, slash }: MuteNames) =>
	defineCommand({
		...{ id: `channelstate.${name}`, name, aliases, slash, permissions },
		options: {
			member: member(),
			channel: optional(place()),
			duration: optional(duration({ min: 60_000, max: year })),
			reason: optional(rest({ max: 1_000 }))
		},
		run: (context, { member: target, channel, duration: durationMs, reason }) =>
			performHere(context, { type: name, targetId: target.id, channel, durationMs, reason })
	});

/** The way back: also for somebody who left. */
export const defineUnmute = ({ name, aliases, slash }: MuteNames) =>
	defineCommand({
		...{ id: `channelstate.${name}`, name, aliases, slash, permissions },
		options: { user: user(), channel: optional(place()), reason: optional(rest({ max: 1_000 })) },
		run: (context, { user: target, channel, reason }) => performHere(context, { type: name, targetId: target.id, channel, reason })
	});
