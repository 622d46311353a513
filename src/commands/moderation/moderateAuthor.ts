import { defineContextMenu } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { showPanel, textOf } from './_panel.js';

export const ModerateAuthor = defineContextMenu({
	id: 'moderation.menu-author',
	target: 'message',
	command: 'moderation.moderate',
	permissions: { member: ['ManageMessages'] },
	async run(context, { message }) {
		if (message.webhookId !== null && message.interactionMetadata === null) throw refusal('moderation', 'no-author');
		await showPanel(context, message.author, { channelId: message.channelId, messageId: message.id, text: textOf(message) });
	}
});
