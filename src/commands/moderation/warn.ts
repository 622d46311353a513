import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub, subgroup } from '#lib/commands/definition.js';
import { choice, duration, integer, optional, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { canEnd } from '#modules/moderation/action.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { thresholdActions } from '#modules/moderation/domain/threshold.js';
import { thresholdChangeText, thresholdLine } from '#modules/moderation/view/thresholds.js';
import { caseNumberOption, labelsIn, reasonOption } from './_options.js';

const year = 365 * 86_400_000;
const staff = { member: ['ManageMessages'] } as const;
const admin = { member: ['Administrator'] } as const;

export const Warn = defineGroup({
	id: 'moderation.warn',
	name: 'warn',
	default: sub({
		name: 'give',
		slash: 'warn give',
		permissions: staff,
		options: { member: user(), reason: optional(reasonOption()) },
		async run(context, { member, reason }) {
			const { moderation } = container.services.moderation;
			await answerPerformed(context, await moderation.perform(orderBy(context, 'warn', member, { reason })));
		}
	}),
	subcommands: {
		remove: sub({
			slash: 'warn remove',
			permissions: staff,
			options: { number: caseNumberOption() },
			async run(context, { number }) {
				required(await container.services.moderation.warnings.remove(by(context), number));
				await context.success('moderation:warnings.removed', { number });
			}
		}),
		thresholds: subgroup({
			aliases: ['threshold'],
			subcommands: {
				add: sub({
					slash: 'warn thresholds add',
					permissions: admin,
					options: {
						count: integer({ min: 1, max: 100 }),
						action: choice(thresholdActions),
						duration: optional(duration({ min: 60_000, max: 5 * year })),
						window: optional(duration({ min: 60_000, max: 5 * year }))
					},
					async run(context, { count, action, ...given }) {
						const { moderation, warnings } = container.services.moderation;
						// By prefix a single time stands first; where the action has no end, it says within which time.
						const known = moderation.actions.get(action);
						const isWindow = context.flow === 'prefix' && given.window === null && known !== null && !canEnd(known);
						const [length, window] = isWindow ? [null, given.duration] : [given.duration, given.window];
						const wanted = { count, action, durationSeconds: seconds(length), windowSeconds: seconds(window) };
						const change = required(await warnings.addThreshold(by(context), wanted));
						const words = { t: context.t, locale: context.locale, labelOf: labelsIn(context.locale) };
						await context.success('moderation:thresholds.set', thresholdChangeText(change, count, words));
					}
				}),
				remove: sub({
					slash: 'warn thresholds remove',
					permissions: admin,
					options: { count: integer({ min: 1, max: 100 }) },
					async run(context, { count }) {
						const change = required(await container.services.moderation.warnings.removeThreshold(by(context), count));
						const words = { t: context.t, locale: context.locale, labelOf: labelsIn(context.locale) };
						await context.success('moderation:thresholds.removed', thresholdChangeText(change, count, words));
					}
				}),
				list: sub({
					slash: 'warn thresholds list',
					permissions: admin,
					async run(context) {
						const all = await container.services.moderation.warnings.thresholds(context.guild.id);
						if (all.length === 0) throw refusal('moderation', 'no-thresholds');
						const words = { t: context.t, locale: context.locale, labelOf: labelsIn(context.locale) };
						await context.paginate({ title: context.t('moderation:thresholds.title'), lines: all.map((one) => thresholdLine(one, words)) });
					}
				})
			}
		})
	}
});

function by({ guild, user: actor }: CommandContext<'guild'>) {
	return { guildId: guild.id, actorId: actor.id };
}

function seconds(milliseconds: number | null): number | null {
	return milliseconds === null ? null : Math.round(milliseconds / 1000);
}

function required<T>(outcome: { ok: true; value: T } | { ok: false; code: string; values?: Readonly<Record<string, string | number>> }): T {
	if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
	return outcome.value;
}
