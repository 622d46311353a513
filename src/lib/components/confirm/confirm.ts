import type { CommandContext, ConfirmRequest } from '#lib/commands/context/commandContext.js';
import { notice } from '#lib/discord/theme.js';
import { Questions } from '../questions.js';
import { confirmButtons } from './view.js';

/** The questions of this process: asked by commands, answered by the confirm button. */
export const confirmations = new Questions();

/**
 * Asks the caller of a command and waits for his press, 60 seconds at most. True once, for yes; false for no, and when it is too
 * late. Throws what `recheck` throws: things may have changed since the question.
 */
export async function askToConfirm(
	context: Pick<CommandContext, 't' | 'user' | 'channelId' | 'leaf' | 'reply'>,
	request: ConfirmRequest,
	open: Questions = confirmations
): Promise<boolean> {
	const { t, user, channelId, leaf } = context;
	const { nonce, answer } = open.ask({ userId: user.id, channelId, module: leaf.module, command: leaf.id, answers: ['yes', 'no'] });
	const question = notice('warning', t(request.question, request.values), user);
	try {
		const sent = await context.reply({ embeds: [question], components: [confirmButtons(nonce, t, false)] });
		const given = await answer;
		// The press itself greyed the buttons; without one nobody did.
		if (given === null) await sent.edit({ embeds: [question], components: [confirmButtons(nonce, t, true)] });
		if (given !== 'yes') return false;
	} catch (error) {
		open.drop(nonce);
		throw error;
	}
	await request.recheck?.();
	return true;
}
