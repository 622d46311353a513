import { defineContextMenu } from '#lib/commands/pieces.js';
import { showPanel } from './_panel.js';

export const ModerateUser = defineContextMenu({
	id: 'moderation.menu-user',
	target: 'user',
	command: 'moderation.moderate',
	permissions: { member: ['ManageMessages'] },
	run: (context, { user }) => showPanel(context, user)
});
