import type { ChooseRequest, CommandContext } from '#lib/commands/context/commandContext.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { Questions } from '../questions.js';
import { chooseSelect } from './view.js';

/** The choices of this process: asked for by commands, made in their select. */
export const choices = new Questions();

/**
 * Lets the caller of a command choose one of at most 25 things, 60 seconds at most, and answers its value.
 *
 * @throws a refusal when nobody chose in time
 */
export async function askToChoose(
	context: Pick<CommandContext, 't' | 'user' | 'channelId' | 'leaf' | 'reply'>,
	{ question, values, options }: ChooseRequest,
	open: Questions = choices
): Promise<string> {
	const { t, user, channelId, leaf } = context;
	const answers = options.map(({ value }) => value);
	const { nonce, answer } = open.ask({ userId: user.id, channelId, module: leaf.module, command: leaf.id, answers });
	const embeds = [notice('warning', t(question, values), user)];
	try {
		const sent = await context.reply({ embeds, components: [chooseSelect(nonce, options, t, null)] });
		const chosen = await answer;
		await sent.edit({ embeds, components: [chooseSelect(nonce, options, t, { chosen })] });
		if (chosen === null) throw refusal('components', 'not-chosen');
		return chosen;
	} catch (error) {
		open.drop(nonce);
		throw error;
	}
}
