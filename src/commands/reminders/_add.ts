import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { boolean, duration, optional, rest, text } from '#lib/commands/options/index.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { limits } from '#modules/reminders/domain.js';
import { setText } from '#modules/reminders/view.js';

/** `remind` and `reminder add` are one command. By prefix the line is read as a whole: a time may have several words. */
export const addOptions = {
	when: text({ max: 100 }),
	text: rest({ max: 2_000 }),
	every: optional(duration({ min: limits.shortestRepeatMs, max: limits.longestMs })),
	inDm: optional(boolean())
};

interface AddArguments {
	readonly when: string;
	readonly text: string;
	readonly every: number | null;
	readonly inDm: boolean | null;
}

export async function addReminder(context: CommandContext, { when, text, every, inDm }: AddArguments): Promise<void> {
	const { reminders } = container.services;
	const { user, guildId, channelId, messageId } = context;
	const asker = { userId: user.id, guildId, channelId, messageId };
	const outcome =
		context.flow === 'prefix'
			? await reminders.addLine(asker, `${when} ${text}`)
			: await reminders.add(asker, { when, text, everyMs: every, inDm: inDm ?? false });
	if (!outcome.ok) throw refusal('reminders', outcome.code, outcome.values);
	const answer = setText(outcome.value, 'add', context.t, context.locale);
	const sent = await context.reply({ embeds: [notice('success', answer, user)] });
	if (messageId === null) await reminders.linkTo(outcome.value.id, sent.id);
}
