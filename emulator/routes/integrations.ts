import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall } from '../actions/audit.js';
import { leaveGuild } from '../actions/members.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Application } from '../state/application.js';
import type { Guild } from '../state/guild.js';
import { integrationView } from '../views/integration.js';
import { guildFor } from './guildAccess.js';

/** Bots of a guild as integrations. https://discord.com/developers/docs/resources/guild#get-guild-integrations */
export function integrations(routes: RouteTable): void {
	routes.get('/guilds/:guildId/integrations', (call) => applicationsOf(call, guildFor(call, Bits.ManageGuild)).map(integrationView));
	routes.delete('/guilds/:guildId/integrations/:integrationId', remove);
}

function applicationsOf(call: Call, guild: Guild): Application[] {
	return [...call.world.applications.values()].filter(({ bot }) => guild.members.has(bot.user.id));
}

/** Removing one kicks its bot. */
function remove(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageGuild);
	const application = applicationsOf(call, guild).find(({ id }) => id === call.param('integrationId'));
	if (application === undefined) throw refuse(10005);
	const { id } = application;
	call.discord.dispatcher.guild(guild, 'INTEGRATION_DELETE', { id, guild_id: guild.id, application_id: id });
	call.discord.dispatcher.guild(guild, 'GUILD_INTEGRATIONS_UPDATE', { guild_id: guild.id });
	leaveGuild(call.discord, guild, application.bot.user.id);
	auditCall(call, guild, { type: AuditLogEvent.IntegrationDelete, targetId: id });
	return noContent;
}
