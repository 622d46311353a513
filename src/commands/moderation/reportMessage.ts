import { defineContextMenu } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { reportForm } from '#modules/moderation/view/report.js';

export const ReportMessage = defineContextMenu({
	id: 'moderation.menu-report',
	target: 'message',
	command: 'moderation.report',
	async run(context, { message }) {
		if (message.webhookId !== null && message.interactionMetadata === null) throw refusal('moderation', 'no-author');
		await context.showForm(reportForm({ userId: message.author.id, channelId: message.channelId, messageId: message.id }, context.t));
	}
});
