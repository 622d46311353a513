import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { choice, integer, optional, rest } from '#lib/commands/options/index.js';
import type { AutocompleteContext } from '#lib/commands/options/option.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { endsRepeating } from '#modules/reminders/request.js';
import { listLines, reminderChoices, setText } from '#modules/reminders/view.js';
import { addOptions, addReminder } from './_add.js';

const id = () => integer({ min: 1, max: 2_147_483_647, autocomplete: ownReminders });

export const Reminder = defineGroup({
	id: 'reminders.reminder',
	name: 'reminder',
	subcommands: {
		add: sub({
			where: 'both',
			stores: true,
			slash: 'reminder add',
			options: addOptions,
			run: (context, args) => addReminder(context, args)
		}),
		list: sub({
			where: 'both',
			answer: 'private',
			slash: 'reminder list',
			async run(context) {
				const reminders = await container.services.reminders.list(context.user.id, context.guildId);
				if (reminders.length === 0) {
					const command = context.flow === 'slash' ? '/remind when:5m text:tea' : `${context.prefix}remind 5m tea`;
					await context.neutral('reminders:list.none', { command });
					return;
				}
				const lines = listLines(reminders, container.kit.clock.now(), context.t, context.locale);
				await context.paginate({ title: context.t('reminders:list.title'), lines });
			}
		}),
		edit: sub({
			where: 'both',
			stores: true,
			takesAway: ({ field, value }) => field === 'every' && endsRepeating(value),
			slash: 'reminder edit',
			options: { id: id(), field: choice(['time', 'text', 'every', 'where']), value: rest({ max: 2_000 }) },
			async run(context, args) {
				const { user, guildId, channelId, messageId } = context;
				const asker = { userId: user.id, guildId, channelId, messageId };
				const outcome = await container.services.reminders.edit(asker, args.id, args.field, args.value);
				if (!outcome.ok) throw refusal('reminders', outcome.code, outcome.values);
				await context.reply({ embeds: [notice('success', setText(outcome.value, 'edit', context.t, context.locale), context.user)] });
			}
		}),
		stop: sub({
			where: 'both',
			aliases: ['reminder cancel'],
			slash: 'reminder stop',
			options: { id: optional(id()) },
			async run(context, args) {
				const { reminders } = container.services;
				const userId = context.user.id;
				if (args.id !== null) {
					if ((await reminders.stop(userId, [args.id])) === 0) throw refusal('reminders', 'unknown');
					await context.success('reminders:stop.done', { count: 1 });
					return;
				}
				const ids = (await reminders.list(userId, context.guildId)).map((one) => one.id);
				if (ids.length === 0) throw refusal('reminders', 'none');
				if (ids.length > 1 && !(await context.confirm({ question: 'reminders:stop.confirm', values: { count: ids.length } }))) return;
				await context.success('reminders:stop.done', { count: await reminders.stop(userId, ids) });
			}
		})
	}
});

async function ownReminders(typed: string, { userId }: AutocompleteContext) {
	return reminderChoices(await container.services.reminders.list(userId, null), typed);
}
