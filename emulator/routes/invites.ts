import { randomInt } from 'node:crypto';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, audit, auditCall, changesBetween, created } from '../actions/audit.js';
import { moderateProfile } from '../actions/autoModeration.js';
import { joinGuild } from '../actions/members.js';
import { announceJoin } from '../actions/welcome.js';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import { permissionsOf, requireChannel, requirePermission } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import type { Invite } from '../state/world.js';
import { inviteView } from '../views/invite.js';
import { guildFor } from './guildAccess.js';

const mostInvites = 1000;
const dayInSeconds = 86_400;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Invites, and joining by one. https://discord.com/developers/docs/resources/invite */
export function invites(routes: RouteTable): void {
	routes.post('/channels/:channelId/invites', create);
	routes.get('/channels/:channelId/invites', ofChannel);
	routes.get('/guilds/:guildId/invites', ofGuild);
	routes.get('/invites/:code', resolve, { auth: 'none' });
	routes.delete('/invites/:code', revoke);
	routes.post('/invites/:code', join, { auth: 'user' });
}

function create(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || channel.isThread) throw refuse(50024);
	requirePermission(call.world, call.actorId, channel, Bits.CreateInstantInvite);
	const { body } = call;
	const maxAge = body.integer('max_age', 0, 604_800) ?? dayInSeconds;
	const maxUses = body.integer('max_uses', 0, 100) ?? 0;
	const temporary = body.boolean('temporary') ?? false;
	const unique = body.boolean('unique') ?? false;
	body.done();
	const existing = live(call, guild);
	if (existing.length >= mostInvites) throw refuse(30016);
	const same = existing.find(
		(each) =>
			each.channelId === channel.id &&
			each.inviterId === call.actorId &&
			each.maxAge === maxAge &&
			each.maxUses === maxUses &&
			each.temporary === temporary
	);
	if (same !== undefined && !unique) return inviteView(call.world, same, true);
	const invite: Invite = {
		code: Array.from({ length: 8 }, () => letters.charAt(randomInt(letters.length))).join(''),
		channelId: channel.id,
		guildId: guild.id,
		inviterId: call.actorId,
		uses: 0,
		maxUses,
		maxAge,
		temporary,
		createdAt: call.world.clock.now()
	};
	call.world.invites.set(invite.code, invite);
	const { inviter, target_type: _, ...event } = inviteView(call.world, invite, true);
	call.discord.dispatcher.privileged(guild, 'INVITE_CREATE', Bits.ManageChannels, {
		...event,
		inviter,
		channel_id: channel.id,
		guild_id: guild.id
	});
	auditCall(call, guild, { type: AuditLogEvent.InviteCreate, targetId: null, changes: created(summary(invite)) });
	return inviteView(call.world, invite, true);
}

function summary({ code, channelId, inviterId, uses, maxUses, maxAge, temporary }: Invite): JsonObject {
	return { code, channel_id: channelId, inviter_id: inviterId, uses, max_uses: maxUses, max_age: maxAge, temporary };
}

/** Invites that still work; those whose time is over go. */
function live(call: Call, guild: Guild): Invite[] {
	const now = call.world.clock.now();
	const found: Invite[] = [];
	for (const invite of call.world.invites.values()) {
		if (invite.maxAge > 0 && invite.createdAt + invite.maxAge * 1000 <= now) call.world.invites.delete(invite.code);
		else if (invite.guildId === guild.id) found.push(invite);
	}
	return found;
}

function ofGuild(call: Call): JsonObject[] {
	const guild = guildFor(call, Bits.ManageGuild);
	return live(call, guild).map((invite) => inviteView(call.world, invite, true));
}

function ofChannel(call: Call): JsonObject[] {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	requirePermission(call.world, call.actorId, channel, Bits.ManageChannels);
	const guild = call.world.guilds.get(channel.guildId ?? '');
	if (guild === undefined) throw refuse(50024);
	return live(call, guild)
		.filter(({ channelId }) => channelId === channel.id)
		.map((invite) => inviteView(call.world, invite, true));
}

/** The invite of a code; the guild's own address counts as one. */
function find(call: Call): { invite: Invite; guild: Guild } {
	const code = call.param('code');
	for (const guild of call.world.guilds.values()) {
		if (guild.vanityCode !== code) continue;
		const [first] = guild.channels.values();
		const invite = {
			code,
			channelId: first?.id ?? '',
			guildId: guild.id,
			inviterId: null,
			uses: guild.vanityUses,
			maxUses: 0,
			maxAge: 0,
			temporary: false,
			createdAt: call.world.clock.now()
		};
		return { invite, guild };
	}
	const guild = call.world.guilds.get(call.world.invites.get(code)?.guildId ?? '');
	const invite = guild && live(call, guild).find((each) => each.code === code);
	if (guild === undefined || invite === undefined) throw refuse(10006);
	return { invite, guild };
}

function resolve(call: Call): JsonObject {
	const { invite, guild } = find(call);
	const view = inviteView(call.world, invite, false);
	if (call.query['with_counts'] !== 'true') return view;
	return { ...view, approximate_member_count: guild.members.size, approximate_presence_count: guild.presences.size };
}

function revoke(call: Call): JsonObject {
	const { invite, guild } = find(call);
	const channel = call.world.channels.get(invite.channelId);
	const inChannel = channel ? permissionsOf(call.world, guild, call.actorId, channel) & Bits.ManageChannels : 0n;
	if (inChannel === 0n) requirePermission(call.world, call.actorId, guild, Bits.ManageGuild);
	drop(call, guild, invite);
	auditCall(call, guild, { type: AuditLogEvent.InviteDelete, targetId: null, changes: changesBetween(summary(invite), {}) });
	return inviteView(call.world, invite, false);
}

function drop(call: Call, guild: Guild, invite: Invite): void {
	call.world.invites.delete(invite.code);
	const event = { channel_id: invite.channelId, guild_id: guild.id, code: invite.code };
	call.discord.dispatcher.privileged(guild, 'INVITE_DELETE', Bits.ManageChannels, event);
}

function join(call: Call): JsonObject {
	const { invite, guild } = find(call);
	if (guild.bans.has(call.actorId)) throw refuse(40007);
	const disabledUntil = guild.incidents?.['invites_disabled_until'];
	const isPaused =
		guild.features.includes('INVITES_DISABLED') ||
		(typeof disabledUntil === 'string' && Date.parse(disabledUntil) > call.world.clock.now());
	if (isPaused) throw refuse(10006);
	const view = inviteView(call.world, invite, false);
	if (guild.members.has(call.actorId)) return view;
	if (invite.code === guild.vanityCode) guild.vanityUses++;
	invite.uses++;
	if (invite.temporary) guild.temporaryMembers.add(call.actorId);
	const member = joinGuild(call.discord, guild, call.actor.user, guild.features.includes('MEMBER_VERIFICATION_GATE_ENABLED'));
	if (call.actor.user.bot) audit(call.discord, guild, { type: AuditLogEvent.BotAdd, userId: invite.inviterId, targetId: member.user.id });
	if (invite.maxUses > 0 && invite.uses >= invite.maxUses) drop(call, guild, invite);
	announceJoin(call.discord, guild, member);
	moderateProfile(call.discord, guild, member);
	return { ...view, new_member: true };
}
