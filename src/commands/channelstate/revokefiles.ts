import { choice, optional, rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { deedOf } from '#modules/channelstate/domain/mass.js';
import { startMass } from './_mass.js';

export const Revokefiles = defineCommand({
	id: 'channelstate.revokefiles',
	name: 'revokefiles',
	slash: 'lock media files',
	permissions: { member: ['ManageMessages'] },
	options: { state: choice(['on', 'off']), user: user(), reason: optional(rest({ max: 1_000 })) },
	run: (context, { state, user: target, reason }) => startMass(context, deedOf('files', state === 'on'), { user: target, reason })
});
