import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween } from '../actions/audit.js';
import { requireGrantable, requireTarget } from '../actions/channelBody.js';
import { tellChannel } from '../actions/channels.js';
import { withThreadSync } from '../actions/threadSync.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf, requireChannel, requirePermission } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Overwrite } from '../state/types.js';

/** Permission overwrites of a channel. https://discord.com/developers/docs/resources/channel#edit-channel-permissions */
export function overwrites(routes: RouteTable): void {
	routes.put('/channels/:channelId/permissions/:overwriteId', put);
	routes.delete('/channels/:channelId/permissions/:overwriteId', remove);
}

function target(call: Call): { channel: Channel; guild: Guild; before: Overwrite | undefined } {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || channel.isThread) throw refuse(50024);
	requirePermission(call.world, call.actorId, channel, Bits.ManageRoles);
	return { channel, guild, before: channel.overwrites.find(({ id }) => id === call.param('overwriteId')) };
}

function put(call: Call): Reply {
	const { channel, guild, before } = target(call);
	const type = call.body.integer('type', 0, 1) ?? before?.type ?? 0;
	const allow = call.body.permissions('allow') ?? before?.allow ?? '0';
	const deny = call.body.permissions('deny') ?? before?.deny ?? '0';
	call.body.done();
	const after: Overwrite = { id: call.param('overwriteId'), type: type === 1 ? 1 : 0, allow, deny };
	requireTarget(guild, after);
	requireGrantable(permissionsOf(call.world, guild, call.actorId, channel), before, after);
	if (before !== undefined && before.type === after.type && before.allow === allow && before.deny === deny) return noContent;
	withThreadSync(call.discord, guild, () => {
		channel.overwrites = [...channel.overwrites.filter(({ id }) => id !== after.id), after];
		tellChannel(call.discord, guild, channel, 'CHANNEL_UPDATE');
	});
	const kind = before === undefined ? AuditLogEvent.ChannelOverwriteCreate : AuditLogEvent.ChannelOverwriteUpdate;
	const changes = changesBetween({ allow: before?.allow ?? '0', deny: before?.deny ?? '0' }, { allow, deny });
	auditCall(call, guild, { type: kind, targetId: channel.id, changes, options: about(guild, after) });
	return noContent;
}

function remove(call: Call): Reply {
	const { channel, guild, before } = target(call);
	if (before === undefined) throw refuse(10009);
	requireGrantable(permissionsOf(call.world, guild, call.actorId, channel), before, { ...before, allow: '0', deny: '0' });
	withThreadSync(call.discord, guild, () => {
		channel.overwrites = channel.overwrites.filter((overwrite) => overwrite !== before);
		tellChannel(call.discord, guild, channel, 'CHANNEL_UPDATE');
	});
	const changes = changesBetween({ allow: before.allow, deny: before.deny }, {});
	auditCall(call, guild, { type: AuditLogEvent.ChannelOverwriteDelete, targetId: channel.id, changes, options: about(guild, before) });
	return noContent;
}

function about(guild: Guild, { id, type }: Overwrite): { id: string; type: string; role_name?: string } {
	return { id, type: String(type), ...(type === 0 ? { role_name: guild.roles.get(id)?.name ?? '' } : {}) };
}
