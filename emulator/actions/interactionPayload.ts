import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Interaction } from '../state/interaction.js';
import type { JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';
import { memberView, partialUserView } from '../views/user.js';
import { DM_PERMISSIONS } from './dms.js';
import { partialChannel } from './resolve.js';

/** INTERACTION_CREATE as the bot gets it. */
export function interactionPayload(discord: Discord, interaction: Interaction, guildInstall: boolean): JsonObject {
	const { world } = discord;
	const { application, user, channel } = interaction;
	const guild = world.guilds.get(interaction.guildId ?? '') ?? null;
	const botId = application.bot.user.id;
	const withBot = channel.isDm && channel.recipients.includes(botId);
	const payload: JsonObject = {
		version: 1,
		type: interaction.type,
		token: interaction.token,
		id: interaction.id,
		application_id: application.id,
		channel_id: channel.id,
		channel: partialChannel(discord, guild, channel, user.user.id),
		locale: user.locale,
		entitlements: [],
		entitlement_sku_ids: [],
		authorizing_integration_owners:
			interaction.metadata['authorizing_integration_owners'] ?? (guildInstall ? { '0': guild?.id ?? '0' } : { '1': user.user.id }),
		context: guild !== null ? 0 : withBot ? 1 : 2,
		attachment_size_limit: 10_485_760,
		app_permissions: String(guild === null || !guild.members.has(botId) ? DM_PERMISSIONS : permissionsOf(world, guild, botId, channel)),
		data: interaction.data
	};
	if (guild === null) payload['user'] = partialUserView(user.user);
	else {
		payload['guild_id'] = guild.id;
		payload['guild_locale'] = guild.preferredLocale;
		payload['guild'] = { id: guild.id, locale: guild.preferredLocale, features: guild.features };
		const member = guild.members.get(user.user.id);
		if (member !== undefined) {
			payload['member'] = { ...memberView(member), permissions: String(permissionsOf(world, guild, user.user.id, channel)) };
		}
	}
	if (interaction.source !== null) payload['message'] = messageView(world, interaction.source, botId);
	return payload;
}
