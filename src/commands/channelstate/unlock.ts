import { sub } from '#lib/commands/definition.js';
import { optional, rest } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { deedOf } from '#modules/channelstate/domain/mass.js';
import { place } from '#modules/channelstate/options.js';
import { startMass } from './_mass.js';
import { performHere } from './_perform.js';

export const Unlock = defineGroup({
	id: 'channelstate.unlock',
	name: 'unlock',
	default: sub({
		name: 'channel',
		slash: 'lock open',
		permissions: { member: ['ManageChannels'] },
		options: { channel: optional(place({ withThreads: true })), reason: optional(rest({ max: 1_000 })) },
		run: (context, { channel, reason }) => performHere(context, { type: 'unlock', channel, reason })
	}),
	subcommands: {
		all: sub({
			aliases: ['unlockall'],
			slash: 'lock openall',
			permissions: { member: ['Administrator'] },
			run: (context) => startMass(context, deedOf('send', false))
		}),
		viewall: sub({
			aliases: ['unviewlockall'],
			slash: 'lock unviewall',
			permissions: { member: ['Administrator'] },
			run: (context) => startMass(context, deedOf('view', false))
		})
	}
});
