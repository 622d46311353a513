import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { user } from '#lib/commands/options/index.js';
import { rest } from '#lib/commands/options/values.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { personLine } from '#modules/moderation/view/caseLists.js';
import { caseNumberOption, labelsIn } from './_options.js';

const staff = { member: ['ManageMessages'] } as const;

/** The same word below each name of the group. */
const below = (...words: readonly string[]) => ['note', 'notes'].flatMap((group) => words.map((word) => `${group} ${word}`));

export const Note = defineGroup({
	id: 'moderation.note',
	name: 'note',
	aliases: ['notes'],
	default: sub({
		name: 'list',
		slash: 'case note list',
		answer: 'private',
		permissions: staff,
		options: { user: user() },
		async run(context, { user: about }) {
			const { guild, t, locale } = context;
			const notes = await container.services.moderation.cases.notes(guild.id, about.id);
			if (notes.length === 0) throw refusal('moderation', 'no-notes', { user: about.username });
			const words = { t, locale, labelOf: labelsIn(locale) };
			const title = t('moderation:notes.title', { user: about.username });
			await context.paginate({ title, lines: notes.map((one) => personLine(one, words)) });
		}
	}),
	subcommands: {
		add: sub({
			slash: 'case note add',
			answer: 'private',
			permissions: staff,
			options: { user: user(), text: rest({ max: 1_000 }) },
			async run(context, { user: about, text }) {
				const { moderation } = container.services.moderation;
				await answerPerformed(context, await moderation.perform(orderBy(context, 'note', about, { reason: text })));
			}
		}),
		remove: sub({
			aliases: below('rm', 'del', 'delete'),
			slash: 'case note remove',
			answer: 'private',
			permissions: staff,
			options: { number: caseNumberOption() },
			async run(context, { number }) {
				const by = { guildId: context.guild.id, actorId: context.user.id };
				const outcome = await container.services.moderation.cases.removeNote(by, number);
				if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
				await context.success('moderation:notes.removed', { number });
			}
		})
	}
});
