import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { requireDmAllowed } from '../actions/dms.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import type { JsonObject } from '../state/types.js';
import { memberView } from '../views/user.js';

/** "… is typing". */
export function typing(routes: RouteTable): void {
	routes.post('/channels/:channelId/typing', type);
}

function type(call: Call): Reply {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	if (!channel.isTextBased) throw refuse(50008);
	if (channel.isDm) requireDmAllowed(call.discord, call.actor, channel);
	else requirePermission(call.world, call.actorId, channel, channel.isThread ? Bits.SendMessagesInThreads : Bits.SendMessages);
	const event: JsonObject = { channel_id: channel.id, user_id: call.actorId, timestamp: Math.floor(call.world.clock.now() / 1000) };
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild !== undefined) {
		event['guild_id'] = guild.id;
		const member = guild.members.get(call.actorId);
		if (member !== undefined) event['member'] = memberView(member);
	}
	call.discord.dispatcher.channel(channel, 'TYPING_START', event);
	return noContent;
}
