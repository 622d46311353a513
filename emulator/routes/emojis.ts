import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created as createdValues } from '../actions/audit.js';
import { storeEmoji } from '../actions/images.js';
import { refuse } from '../rest/errors.js';
import { type Call, created, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { Emoji, JsonObject } from '../state/types.js';
import { emojiView } from '../views/guild.js';
import { guildFor } from './guildAccess.js';

/** Places for still and for animated emojis, each, by boost tier. */
const room = [50, 100, 150, 250];

/**
 * Emojis are limited for a server, not for who changes them; how far is not documented.
 * https://discord.com/developers/docs/resources/emoji
 */
const CHANGES = { limit: { requests: 30, per: 60_000, shared: true } };

/** Emojis of a guild. https://discord.com/developers/docs/resources/emoji */
export function emojis(routes: RouteTable): void {
	routes.get('/guilds/:guildId/emojis', (call) => [...guildFor(call).emojis.values()].map(emojiView));
	routes.get('/guilds/:guildId/emojis/:emojiId', (call) => emojiView(find(call, guildFor(call))));
	routes.post('/guilds/:guildId/emojis', create, CHANGES);
	routes.patch('/guilds/:guildId/emojis/:emojiId', edit, CHANGES);
	routes.delete('/guilds/:guildId/emojis/:emojiId', remove, CHANGES);
}

function find(call: Call, guild: Guild): Emoji {
	const emoji = guild.emojis.get(call.param('emojiId'));
	if (emoji === undefined) throw refuse(10014);
	return emoji;
}

function tell(call: Call, guild: Guild): void {
	call.discord.dispatcher.guild(guild, 'GUILD_EMOJIS_UPDATE', { guild_id: guild.id, emojis: [...guild.emojis.values()].map(emojiView) });
}

function create(call: Call): Reply {
	const guild = guildFor(call, Bits.CreateGuildExpressions);
	const name = call.body.requiredString('name', 2, 32);
	const roles = call.body.snowflakes('roles') ?? [];
	const id = call.world.ids.next();
	const animated = storeEmoji(call, id);
	const same = [...guild.emojis.values()].filter((emoji) => emoji.animated === animated && !emoji.managed);
	if (same.length >= (room[guild.premiumTier] ?? 50)) throw refuse(animated ? 30018 : 30008);
	const emoji: Emoji = { id, name, roles, user: call.actor.user, require_colons: true, managed: false, animated, available: true };
	guild.emojis.set(id, emoji);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.EmojiCreate, targetId: id, changes: createdValues({ name }) });
	return created(emojiView(emoji));
}

/** One's own emojis may be changed with the right to create them, others need the right to manage. */
function requireManage(call: Call, emoji: Emoji): Guild {
	const guild = guildFor(call);
	const isOwn = emoji.user.id === call.actorId;
	const enough = isOwn ? Bits.CreateGuildExpressions | Bits.ManageGuildExpressions : Bits.ManageGuildExpressions;
	if ((permissionsOf(call.world, guild, call.actorId) & enough) === 0n) throw refuse(50013);
	return guild;
}

function edit(call: Call): JsonObject {
	const emoji = find(call, guildFor(call));
	const guild = requireManage(call, emoji);
	const name = call.body.string('name', 2, 32);
	const roles = call.body.raw('roles') === null ? [] : call.body.snowflakes('roles');
	call.body.done();
	const before = { name: emoji.name };
	emoji.name = name ?? emoji.name;
	emoji.roles = roles ?? emoji.roles;
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.EmojiUpdate, targetId: emoji.id, changes: changesBetween(before, { name: emoji.name }) });
	return emojiView(emoji);
}

function remove(call: Call): Reply {
	const emoji = find(call, guildFor(call));
	const guild = requireManage(call, emoji);
	guild.emojis.delete(emoji.id);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.EmojiDelete, targetId: emoji.id, changes: changesBetween({ name: emoji.name }, {}) });
	return noContent;
}
