import { container } from '@sapphire/pieces';
import { user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { personValues } from '#modules/access/view.js';

export const Unblacklist = defineCommand({
	id: 'access.unblacklist',
	name: 'unblacklist',
	where: 'both',
	answer: 'private',
	permissions: { staff: 'owner' },
	slash: { none: 'for the people who run the bot' },
	options: { user: user() },
	async run(context, { user: person }) {
		const outcome = await container.services.access.lift('user', person.id);
		if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
		await context.success('access:lifted', personValues(person.id));
	}
});
