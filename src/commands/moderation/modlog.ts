import { container } from '@sapphire/pieces';
import type { GuildBasedChannel, PermissionsString } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { boolean, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { refusal } from '#lib/errors/refusal.js';
import { logChannel } from '#modules/moderation/options.js';
import { channelText } from '#modules/moderation/view/config.js';

/** What it takes to show cases somewhere. */
const needed: readonly PermissionsString[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];

export const Modlog = defineCommand({
	id: 'moderation.modlog',
	name: 'modlog',
	slash: 'mod log',
	permissions: { member: ['Administrator'] },
	options: { channel: optional(logChannel()), off: optional(boolean()) },
	async run(context, { channel, off }) {
		const { moderation, setup } = container.services.moderation;
		const shown = (id: string | null) => markup(channelText(id, context.t));
		if (channel === null && off !== true) {
			const { logChannelId } = await moderation.settings(context.guild.id);
			await context.neutral('moderation:modlog.now', { channel: shown(logChannelId) });
			return;
		}
		const wanted = channel === 'none' || channel === null ? null : channel;
		if (wanted !== null) await requireAccess(context, wanted);
		const outcome = await setup.setLogChannel({ guildId: context.guild.id, actorId: context.user.id }, wanted?.id ?? null);
		if (!outcome.ok) throw refusal('moderation', outcome.code);
		const { before, after } = outcome.value;
		await context.success('moderation:modlog.set', { before: shown(before.logChannelId), after: shown(after.logChannelId) });
	}
});

async function requireAccess({ guild }: CommandContext<'guild'>, channel: GuildBasedChannel): Promise<void> {
	const missing = channel.permissionsFor(await guild.members.fetchMe()).missing([...needed]);
	if (missing.length === 0) return;
	throw refusal('moderation', 'modlog-access', { channel: channel.name, permissions: missing.join(', ') });
}
