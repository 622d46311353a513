import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween } from '../actions/audit.js';
import { moderateProfile } from '../actions/autoModeration.js';
import { leaveGuild, memberChanged } from '../actions/members.js';
import { withThreadSync } from '../actions/threadSync.js';
import { Intent } from '../gateway/intents.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireMember } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject, Member } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { memberView } from '../views/user.js';
import { actorIn, guildFor, requireAbove, requireOutranks, requireRole } from './guildAccess.js';
import { editVoice } from './memberVoice.js';

/** Members: list, search, change, roles, kick, prune. https://discord.com/developers/docs/resources/guild */
export function members(routes: RouteTable): void {
	routes.get('/guilds/:guildId/members', list, { auth: 'bot' });
	routes.get('/guilds/:guildId/members/search', search);
	routes.get('/guilds/:guildId/members/:userId', (call) => memberView(requireMember(guildFor(call), call.param('userId'))));
	routes.patch('/guilds/:guildId/members/@me', editSelf);
	routes.patch('/guilds/:guildId/members/:userId', edit);
	routes.delete('/guilds/:guildId/members/:userId', kick);
	routes.put('/guilds/:guildId/members/:userId/roles/:roleId', (call) => changeRole(call, true));
	routes.delete('/guilds/:guildId/members/:userId/roles/:roleId', (call) => changeRole(call, false));
	routes.get('/guilds/:guildId/prune', (call) => ({ pruned: prunable(call, guildFor(call, mayPrune)).length }));
	routes.post('/guilds/:guildId/prune', prune);
}

/** Needs the members intent of the developer portal. https://discord.com/developers/docs/resources/guild#list-guild-members */
function list(call: Call): JsonObject[] {
	const guild = guildFor(call);
	if ((call.discord.allowedIntents & Intent.GuildMembers) === 0) throw refuse(50001);
	const after = call.query['after'] ?? '0';
	const sorted = [...guild.members.values()].sort((a, b) => compareSnowflakes(a.user.id, b.user.id));
	const newer = sorted.filter((member) => compareSnowflakes(member.user.id, after) > 0);
	return newer.slice(0, call.limit('limit', 1, 1, 1000)).map(memberView);
}

function search(call: Call): JsonObject[] {
	const guild = guildFor(call);
	const query = (call.query['query'] ?? '').toLowerCase();
	const names = (member: Member) => [member.user.username, member.nick, member.user.global_name];
	const found = [...guild.members.values()].filter((member) => names(member).some((name) => name?.toLowerCase().startsWith(query)));
	return found.slice(0, call.limit('limit', 1, 1, 1000)).map(memberView);
}

function editSelf(call: Call): JsonObject {
	const guild = guildFor(call);
	const member = actorIn(call, guild);
	const nick = call.body.nullableString('nick', 0, 32);
	call.body.done();
	if (nick === undefined) return memberView(member);
	guildFor(call, Bits.ChangeNickname);
	return setNick(call, guild, member, nick);
}

function setNick(call: Call, guild: Guild, member: Member, nick: string | null): JsonObject {
	const before = { nick: member.nick };
	member.nick = nick === '' ? null : nick;
	const changes = changesBetween(before, { nick: member.nick });
	if (changes.length > 0) {
		memberChanged(call.discord, guild, member);
		auditCall(call, guild, { type: AuditLogEvent.MemberUpdate, targetId: member.user.id, changes });
		moderateProfile(call.discord, guild, member);
	}
	return memberView(member);
}

const BYPASSES_VERIFICATION = 1 << 2;

function edit(call: Call): JsonObject {
	const guild = guildFor(call);
	const member = requireMember(guild, call.param('userId'));
	const { body } = call;
	const nick = body.nullableString('nick', 0, 32);
	const roles = body.raw('roles') === null ? [] : body.snowflakes('roles');
	const until = body.nullableString('communication_disabled_until');
	const flags = body.integer('flags', 0);
	body.done();

	const before: JsonObject = { nick: member.nick, communication_disabled_until: member.communication_disabled_until };
	// All is checked before anything is changed: Discord refuses the whole request.
	if (nick !== undefined) requireManage(call, guild, member, member.user.id === call.actorId ? Bits.ChangeNickname : Bits.ManageNicknames);
	if (until !== undefined) requireTimeout(call, guild, member);
	const changed = roles === undefined ? null : checkRoles(call, guild, member, roles);
	if (flags !== undefined) requireManage(call, guild, member, Bits.ModerateMembers);
	editVoice(call, guild, member);

	if (nick !== undefined) member.nick = nick === '' ? null : nick;
	if (until !== undefined) member.communication_disabled_until = until === null ? null : isoTime(Date.parse(until));
	// https://discord.com/developers/docs/resources/guild#guild-member-object-guild-member-flags: one of them can be set.
	if (flags !== undefined) member.flags = (member.flags & ~BYPASSES_VERIFICATION) | (flags & BYPASSES_VERIFICATION);
	if (changed !== null && roles !== undefined) member.roles = [...new Set(roles)];
	const changes = changesBetween(before, { nick: member.nick, communication_disabled_until: member.communication_disabled_until });
	if (changes.length > 0 || changed !== null || flags !== undefined) memberChanged(call.discord, guild, member);
	if (changes.length > 0) auditCall(call, guild, { type: AuditLogEvent.MemberUpdate, targetId: member.user.id, changes });
	if (nick !== undefined) moderateProfile(call.discord, guild, member);
	if (changed !== null) auditCall(call, guild, { type: AuditLogEvent.MemberRoleUpdate, targetId: member.user.id, changes: changed });
	return memberView(member);
}

function requireManage(call: Call, guild: Guild, member: Member, bit: bigint): void {
	guildFor(call, bit);
	if (member.user.id !== call.actorId) requireAbove(call, guild, member);
}

function requireTimeout(call: Call, guild: Guild, member: Member): void {
	guildFor(call, Bits.ModerateMembers);
	const isOwner = member.user.id === guild.ownerId;
	const isAdministrator = member.roles.some((id) => (BigInt(guild.roles.get(id)?.permissions ?? 0) & Bits.Administrator) !== 0n);
	// Discord: administrators cannot be timed out, whoever asks.
	if (isOwner || isAdministrator || member.user.id === call.actorId) throw refuse(50013);
	requireAbove(call, guild, member);
}

/** The changes for the audit log; null when nothing changes. */
function checkRoles(call: Call, guild: Guild, member: Member, wanted: string[]): JsonObject[] | null {
	guildFor(call, Bits.ManageRoles);
	const added = wanted.filter((id) => !member.roles.includes(id));
	const removed = member.roles.filter((id) => !wanted.includes(id));
	for (const id of [...added, ...removed]) requireGivable(call, guild, id);
	if (added.length === 0 && removed.length === 0) return null;
	return roleChanges(guild, added, removed);
}

function requireGivable(call: Call, guild: Guild, roleId: string): void {
	const role = requireRole(guild, roleId);
	if (role.id === guild.id || role.managed) throw refuse(50028);
	requireOutranks(call, guild, role);
}

function roleChanges(guild: Guild, added: string[], removed: string[]): JsonObject[] {
	const named = (id: string) => ({ id, name: guild.roles.get(id)?.name ?? '' });
	return [
		...(added.length > 0 ? [{ key: '$add', new_value: added.map(named) }] : []),
		...(removed.length > 0 ? [{ key: '$remove', new_value: removed.map(named) }] : [])
	];
}

function changeRole(call: Call, give: boolean): Reply {
	const guild = guildFor(call, Bits.ManageRoles);
	const member = requireMember(guild, call.param('userId'));
	const roleId = call.param('roleId');
	requireGivable(call, guild, roleId);
	if (member.roles.includes(roleId) === give) return noContent;
	withThreadSync(call.discord, guild, () => {
		member.roles = give ? [...member.roles, roleId] : member.roles.filter((id) => id !== roleId);
		memberChanged(call.discord, guild, member);
	});
	const changes = give ? roleChanges(guild, [roleId], []) : roleChanges(guild, [], [roleId]);
	auditCall(call, guild, { type: AuditLogEvent.MemberRoleUpdate, targetId: member.user.id, changes });
	return noContent;
}

function kick(call: Call): Reply {
	const guild = guildFor(call, Bits.KickMembers);
	const member = requireMember(guild, call.param('userId'));
	requireAbove(call, guild, member);
	leaveGuild(call.discord, guild, member.user.id);
	auditCall(call, guild, { type: AuditLogEvent.MemberKick, targetId: member.user.id });
	return noContent;
}

/** Counting takes the same. https://discord.com/developers/docs/resources/guild#get-guild-prune-count */
const mayPrune = Bits.KickMembers | Bits.ManageGuild;

/** Members without roles (or with only those asked for) who were silent for so many days. Presence stands for activity here. */
function prunable(call: Call, guild: Guild): Member[] {
	const days = call.body.integer('days', 1, 30) ?? call.limit('days', 7, 1, 30);
	call.body.done();
	const listed = call.body.raw('include_roles') ?? call.query['include_roles'] ?? [];
	const included = Array.isArray(listed) ? listed.map(String) : String(listed).split(',').filter(Boolean);
	const oldest = call.world.clock.now() - days * 86_400_000;
	return [...guild.members.values()].filter((member) => {
		if (member.user.bot || member.user.id === guild.ownerId) return false;
		const spoke = [...guild.channels.values()].some((channel) => (channel.lastSpoke.get(member.user.id) ?? 0) > oldest);
		return !spoke && Date.parse(member.joined_at) <= oldest && member.roles.every((id) => included.includes(id));
	});
}

function prune(call: Call): JsonObject {
	const guild = guildFor(call, mayPrune);
	const gone = prunable(call, guild);
	for (const member of gone) leaveGuild(call.discord, guild, member.user.id);
	const days = String(call.body.raw('days') ?? 7);
	const options = { delete_member_days: days, members_removed: String(gone.length) };
	auditCall(call, guild, { type: AuditLogEvent.MemberPrune, targetId: null, options });
	return { pruned: call.body.raw('compute_prune_count') === false ? null : gone.length };
}
