import { defineContextMenu } from '#lib/commands/pieces.js';
import { aboutForm } from '#modules/reminders/formView.js';

export const RemindAboutMessage = defineContextMenu({
	id: 'reminders.menu',
	target: 'message',
	command: 'reminders.remind',
	where: 'both',
	run(context, { message }) {
		const { id, content, author } = message;
		return context.showForm(aboutForm({ id, content, authorName: author.displayName }, context.t));
	}
});
