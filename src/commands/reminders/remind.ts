import { defineCommand } from '#lib/commands/pieces.js';
import { addOptions, addReminder } from './_add.js';

export const Remind = defineCommand({
	id: 'reminders.remind',
	name: 'remind',
	aliases: ['remindme'],
	where: 'both',
	stores: true,
	slash: 'remind',
	options: addOptions,
	run: (context, args) => addReminder(context, args)
});
