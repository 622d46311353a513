import { user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { showPanel } from './_panel.js';

export const Moderate = defineCommand({
	id: 'moderation.moderate',
	name: 'moderate',
	permissions: { member: ['ManageMessages'] },
	answer: 'private',
	slash: 'moderate',
	options: { member: user() },
	run: (context, { member }) => showPanel(context, member)
});
