import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import type { AboutMessage } from '#modules/moderation/service/reports.js';
import { panelView } from '#modules/moderation/view/panel.js';
import { labelsIn } from './_options.js';

/** Answers with the panel about somebody; `message` goes with what is done from it. */
export async function showPanel(
	context: CommandContext<'guild'>,
	user: { readonly id: string },
	message: AboutMessage | null = null
): Promise<void> {
	const { guild, t, locale } = context;
	const { panel, panelActions } = container.services.moderation;
	const facts = await panel(guild.id, user.id);
	if (!facts.ok) throw refusal('moderation', facts.code);
	const about = message && { ...message, guildId: guild.id };
	await context.reply(panelView(facts.value, about, panelActions(), { t, locale, labelOf: labelsIn(locale) }));
}

/** What a message says; its files by their names where it has no words. */
export function textOf({ content, attachments }: { content: string; attachments: ReadonlyMap<string, { readonly name: string }> }): string {
	return content.trim() === '' ? [...attachments.values()].map(({ name }) => name).join(', ') : content;
}
