import { choice, optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { deedOf } from '#modules/channelstate/domain/mass.js';
import { startMass } from './_mass.js';

export const Lockall = defineCommand({
	id: 'channelstate.lockall',
	name: 'lockall',
	aliases: ['lockdown', 'lock all'],
	slash: 'lock all',
	permissions: { member: ['Administrator'] },
	options: { quiet: optional(choice(['quiet'])), reason: optional(rest({ max: 1_000 })) },
	run: (context, { quiet, reason }) => startMass(context, deedOf('send', true), { reason, notice: quiet === null })
});
