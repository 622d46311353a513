import { AuditLogEvent } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import type { Application } from '../state/application.js';
import { addRole } from '../state/build.js';
import type { Guild } from '../state/guild.js';
import type { Snowflake } from '../state/types.js';
import { roleView } from '../views/guild.js';
import { integrationView } from '../views/integration.js';
import { audit } from './audit.js';
import { joinGuild } from './members.js';
import { announceJoin } from './welcome.js';

/** Adds the bot of an application to a guild with a managed role of its own, and tells everybody. Nothing when it is there already. */
export function inviteBot(discord: Discord, guild: Guild, application: Application, permissions: string, inviterId: Snowflake): void {
	const { user } = application.bot;
	if (guild.members.has(user.id)) return;
	// Discord takes the role away when the bot leaves.
	for (const role of [...guild.roles.values()].filter(({ tags }) => tags?.bot_id === user.id)) guild.roles.delete(role.id);
	const role = addRole(discord.world, guild, application.name, { permissions, managed: true, tags: { bot_id: user.id } });
	discord.dispatcher.guild(guild, 'GUILD_ROLE_CREATE', { guild_id: guild.id, role: roleView(role) });
	const member = joinGuild(discord, guild, user, false, [role.id]);
	discord.dispatcher.guild(guild, 'INTEGRATION_CREATE', { ...integrationView(application), guild_id: guild.id });
	discord.dispatcher.guild(guild, 'GUILD_INTEGRATIONS_UPDATE', { guild_id: guild.id });
	audit(discord, guild, { type: AuditLogEvent.BotAdd, userId: inviterId, targetId: user.id });
	announceJoin(discord, guild, member);
}
