import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { storeImage } from '../actions/images.js';
import { memberChanged } from '../actions/members.js';
import { compareRoles, mayChangeRole } from '../permissions/hierarchy.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { newRole } from '../state/build.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Role } from '../state/types.js';
import { roleView } from '../views/guild.js';
import { actorIn, guildFor, requireOutranks, requireRole } from './guildAccess.js';

const mostRoles = 250;

/** Roles. https://discord.com/developers/docs/resources/guild#create-guild-role */
export function roles(routes: RouteTable): void {
	routes.get('/guilds/:guildId/roles', (call) => [...guildFor(call).roles.values()].map(roleView));
	routes.get('/guilds/:guildId/roles/member-counts', counts);
	routes.get('/guilds/:guildId/roles/:roleId', (call) => roleView(requireRole(guildFor(call), call.param('roleId'))));
	routes.post('/guilds/:guildId/roles', create);
	routes.patch('/guilds/:guildId/roles', reorder);
	routes.patch('/guilds/:guildId/roles/:roleId', edit);
	routes.delete('/guilds/:guildId/roles/:roleId', remove);
}

function counts(call: Call): JsonObject {
	const guild = guildFor(call);
	const total: Record<string, number> = {};
	for (const role of guild.roles.keys()) if (role !== guild.id) total[role] = 0;
	for (const member of guild.members.values()) for (const id of member.roles) total[id] = (total[id] ?? 0) + 1;
	return total;
}

/** Applies what the body says to a role; refuses permissions that the caller lacks. */
function apply(call: Call, guild: Guild, role: Role): void {
	const { body } = call;
	const permissions = body.permissions('permissions');
	const icon = storeImage(call, 'icon', `role-icons/${role.id}`);
	const emoji = body.nullableString('unicode_emoji');
	const colors = body.object('colors');
	const color = body.integer('color', 0, 0xffffff) ?? (typeof colors?.['primary_color'] === 'number' ? colors['primary_color'] : undefined);
	const fields: Partial<Role> = {
		name: body.string('name', 0, 100) ?? role.name,
		hoist: body.boolean('hoist') ?? role.hoist,
		mentionable: body.boolean('mentionable') ?? role.mentionable,
		icon: icon === undefined ? role.icon : icon,
		unicode_emoji: emoji === undefined ? role.unicode_emoji : emoji
	};
	body.done();
	// https://discord.com/developers/docs/resources/guild#guild-object-guild-features: ROLE_ICONS come with the second tier.
	if ((icon || emoji) && guild.premiumTier < 2) throw refuse(50101);
	if (permissions !== undefined && !mayChangeRole(guild, actorIn(call, guild), BigInt(role.permissions), BigInt(permissions)))
		throw refuse(50013);
	Object.assign(role, fields);
	if (permissions !== undefined) role.permissions = permissions;
	if (color === undefined) return;
	const second = (key: string) => (typeof colors?.[key] === 'number' ? colors[key] : null);
	role.color = color;
	role.colors = { primary_color: color, secondary_color: second('secondary_color'), tertiary_color: second('tertiary_color') };
}

function create(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageRoles);
	if (guild.roles.size >= mostRoles) throw refuse(30005);
	// A new role may do what @everyone may, unless the body says otherwise; it comes in at the bottom.
	const role = newRole(call.world.ids.next(), 'new role', 1, { permissions: guild.everyone.permissions });
	apply(call, guild, role);
	for (const other of guild.roles.values()) if (other.id !== guild.id) other.position++;
	guild.roles.set(role.id, role);
	guild.revision++;
	call.discord.dispatcher.guild(guild, 'GUILD_ROLE_CREATE', { guild_id: guild.id, role: roleView(role) });
	const { name, permissions, color, hoist, mentionable } = role;
	auditCall(call, guild, {
		type: AuditLogEvent.RoleCreate,
		targetId: role.id,
		changes: created({ name, permissions, color, hoist, mentionable })
	});
	return roleView(role);
}

function edit(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageRoles);
	const role = requireRole(guild, call.param('roleId'));
	if (role.id !== guild.id) requireOutranks(call, guild, role);
	const before = roleView(role);
	apply(call, guild, role);
	const changes = changesBetween(before, roleView(role));
	if (changes.length === 0) return roleView(role);
	changed(call, guild, role);
	auditCall(call, guild, { type: AuditLogEvent.RoleUpdate, targetId: role.id, changes });
	return roleView(role);
}

function changed(call: Call, guild: Guild, role: Role): void {
	guild.revision++;
	call.discord.dispatcher.guild(guild, 'GUILD_ROLE_UPDATE', { guild_id: guild.id, role: roleView(role) });
}

function reorder(call: Call): JsonObject[] {
	const guild = guildFor(call, Bits.ManageRoles);
	const wanted = (Array.isArray(call.rawBody) ? call.rawBody : []).flatMap((entry) => {
		if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
		const role = requireRole(guild, String(entry['id']));
		return typeof entry['position'] === 'number' ? [{ role, position: entry['position'] }] : [];
	});
	for (const { role, position } of wanted) {
		// Clients send the whole list: what stays where it is needs no right.
		if (role.position === position) continue;
		requireOutranks(call, guild, role);
		// Neither may a role be lifted to the caller's own height.
		requireOutranks(call, guild, { ...role, position });
	}
	const before = new Map([...guild.roles.values()].map((role) => [role.id, role.position]));
	place(guild, wanted);
	for (const role of guild.roles.values()) if (before.get(role.id) !== role.position) changed(call, guild, role);
	return [...guild.roles.values()].map(roleView);
}

/** Moves roles to their places; the others close up and make room, so that positions stay without gaps. */
function place(guild: Guild, wanted: { role: Role; position: number }[]): void {
	const moved = new Set(wanted.map(({ role }) => role));
	const order = [...guild.roles.values()].filter((role) => role.id !== guild.id && !moved.has(role)).sort(compareRoles);
	for (const { role, position } of wanted.toSorted((a, b) => a.position - b.position)) {
		if (role.id !== guild.id) order.splice(Math.max(position - 1, 0), 0, role);
	}
	for (const [index, role] of order.entries()) role.position = index + 1;
}

function remove(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageRoles);
	const role = requireRole(guild, call.param('roleId'));
	if (role.id === guild.id || role.managed) throw refuse(50028);
	requireOutranks(call, guild, role);
	guild.roles.delete(role.id);
	for (const other of guild.roles.values()) if (other.position > role.position) other.position--;
	for (const channel of guild.channels.values()) channel.overwrites = channel.overwrites.filter(({ id }) => id !== role.id);
	guild.revision++;
	call.discord.dispatcher.guild(guild, 'GUILD_ROLE_DELETE', { guild_id: guild.id, role_id: role.id });
	for (const member of guild.members.values()) {
		if (!member.roles.includes(role.id)) continue;
		member.roles = member.roles.filter((id) => id !== role.id);
		memberChanged(call.discord, guild, member);
	}
	const { name, permissions, color, hoist, mentionable } = role;
	const changes = changesBetween({ name, permissions, color, hoist, mentionable }, {});
	auditCall(call, guild, { type: AuditLogEvent.RoleDelete, targetId: role.id, changes });
	return noContent;
}
