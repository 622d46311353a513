import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created as createdValues } from '../actions/audit.js';
import { invalidBody, refuse } from '../rest/errors.js';
import { type Call, created, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { guildFor } from './guildAccess.js';

const room = [5, 15, 30, 60];
const largestBytes = 512 * 1024;
const formats: Readonly<Record<string, number>> = { 'image/png': 1, 'image/apng': 2, 'application/json': 3, 'image/gif': 4 };

/** Stickers of a guild. https://discord.com/developers/docs/resources/sticker */
export function stickers(routes: RouteTable): void {
	routes.get('/guilds/:guildId/stickers', (call) => [...guildFor(call).stickers.values()]);
	routes.get('/guilds/:guildId/stickers/:stickerId', (call) => find(call, guildFor(call)));
	routes.get('/stickers/:stickerId', anywhere);
	routes.get('/sticker-packs', () => ({ sticker_packs: [] }));
	routes.post('/guilds/:guildId/stickers', create);
	routes.patch('/guilds/:guildId/stickers/:stickerId', edit);
	routes.delete('/guilds/:guildId/stickers/:stickerId', remove);
}

function find(call: Call, guild: Guild): JsonObject {
	const sticker = guild.stickers.get(call.param('stickerId'));
	if (sticker === undefined) throw refuse(10060);
	return sticker;
}

function anywhere(call: Call): JsonObject {
	for (const guild of call.world.guilds.values()) {
		const sticker = guild.stickers.get(call.param('stickerId'));
		if (sticker !== undefined) return sticker;
	}
	throw refuse(10060);
}

function tell(call: Call, guild: Guild): void {
	call.discord.dispatcher.guild(guild, 'GUILD_STICKERS_UPDATE', { guild_id: guild.id, stickers: [...guild.stickers.values()] });
}

function create(call: Call): Reply {
	const guild = guildFor(call, Bits.CreateGuildExpressions);
	if (guild.stickers.size >= (room[guild.premiumTier] ?? 5)) throw refuse(30039);
	const name = call.body.requiredString('name', 2, 30);
	const tags = call.body.requiredString('tags', 1, 200);
	const description = call.body.string('description', 0, 100) ?? '';
	const [file] = call.files;
	if (file === undefined) call.body.fault('file', 'BASE_TYPE_REQUIRED', 'This field is required');
	call.body.done();
	if (file === undefined) throw refuse(50035);
	if (file.data.length > largestBytes)
		throw invalidBody({ file: [{ code: 'BINARY_TYPE_MAX_SIZE', message: 'File cannot be larger than 512.0 kb.' }] });
	const id = call.world.ids.next();
	const format = formats[file.contentType] ?? 1;
	call.world.files.set(`stickers/${id}.${format === 3 ? 'json' : format === 4 ? 'gif' : 'png'}`, {
		data: file.data,
		contentType: file.contentType
	});
	const user = partialUserView(call.actor.user);
	const sticker: JsonObject = { id, name, tags, description, type: 2, format_type: format, available: true, guild_id: guild.id, user };
	guild.stickers.set(id, sticker);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.StickerCreate, targetId: id, changes: createdValues({ name, tags, description }) });
	return created(sticker);
}

function edit(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuildExpressions);
	const sticker = find(call, guild);
	const before = { name: sticker['name'], tags: sticker['tags'], description: sticker['description'] };
	const after = {
		name: call.body.string('name', 2, 30) ?? before.name,
		tags: call.body.string('tags', 1, 200) ?? before.tags,
		description: call.body.has('description') ? (call.body.nullableString('description', 0, 100) ?? null) : before.description
	};
	call.body.done();
	Object.assign(sticker, after);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.StickerUpdate, targetId: String(sticker['id']), changes: changesBetween(before, after) });
	return sticker;
}

function remove(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageGuildExpressions);
	const sticker = find(call, guild);
	guild.stickers.delete(String(sticker['id']));
	tell(call, guild);
	auditCall(call, guild, {
		type: AuditLogEvent.StickerDelete,
		targetId: String(sticker['id']),
		changes: changesBetween({ name: sticker['name'] }, {})
	});
	return noContent;
}
