import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created as createdValues } from '../actions/audit.js';
import { imageSize } from '../actions/imageSize.js';
import { pictureKind } from '../actions/pictures.js';
import { isObject } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import { type Call, created, noContent, type Reply, type RouteTable, type UploadedFile } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { guildFor } from './guildAccess.js';

const room = [5, 15, 30, 60];
const largestBytes = 512 * 1024;
/** Longest edge in pixels. */
const largestEdge = 320;
const [png, apng, lottie, gif] = [1, 2, 3, 4] as const;
type Format = typeof png | typeof apng | typeof lottie | typeof gif;
const kinds: Readonly<Record<Format, { extension: string; contentType: string }>> = {
	[png]: { extension: 'png', contentType: 'image/png' },
	[apng]: { extension: 'png', contentType: 'image/apng' },
	[lottie]: { extension: 'json', contentType: 'application/json' },
	[gif]: { extension: 'gif', contentType: 'image/gif' }
};

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
	const description = readDescription(call) ?? '';
	const [file] = call.files;
	if (file === undefined) call.body.fault('file', 'BASE_TYPE_REQUIRED', 'This field is required');
	call.body.done();
	if (file === undefined) throw refuse(50035);
	if (file.data.length > largestBytes) throw refuse(50045, `Asset exceeds maximum size: ${largestBytes}`);
	const id = call.world.ids.next();
	const format = formatOf(guild, file);
	const kind = kinds[format];
	call.world.files.set(`stickers/${id}.${kind.extension}`, { data: file.data, contentType: kind.contentType });
	const user = partialUserView(call.actor.user);
	const sticker: JsonObject = { id, name, tags, description, type: 2, format_type: format, available: true, guild_id: guild.id, user };
	guild.stickers.set(id, sticker);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.StickerCreate, targetId: id, changes: createdValues({ name, tags, description }) });
	return created(sticker);
}

/** Empty, or 2 to 100 characters. */
function readDescription(call: Call): string | null | undefined {
	const description = call.body.nullableString('description', 0, 100);
	if (description?.length === 1) call.body.fault('description', 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.');
	return description;
}

/** What kind of sticker a file is; refuses what none can be made of. https://discord.com/developers/docs/resources/sticker#create-guild-sticker */
function formatOf(guild: Guild, { data, contentType }: UploadedFile): Format {
	const kind = pictureKind(data);
	if (kind === null && contentType.startsWith('application/json')) return lottieOf(guild, data);
	if (kind !== 'png' && kind !== 'apng' && kind !== 'gif') throw refuse(50046);
	const { width, height } = imageSize(data) ?? { width: 0, height: 0 };
	if (Math.max(width, height) > largestEdge) throw refuse(50046);
	return kind === 'gif' ? gif : kind === 'apng' ? apng : png;
}

/** Drawn animations are for verified and partnered servers. */
function lottieOf(guild: Guild, data: Buffer): Format {
	if (!guild.features.includes('VERIFIED') && !guild.features.includes('PARTNERED')) throw refuse(50046);
	try {
		JSON.parse(data.toString('utf8'));
	} catch {
		throw refuse(170_001);
	}
	return lottie;
}

/** One's own stickers may be changed with the right to create them, others need the right to manage. */
function managed(call: Call): { guild: Guild; sticker: JsonObject } {
	const sticker = find(call, guildFor(call));
	const user = sticker['user'];
	const isOwn = isObject(user) && user['id'] === call.actorId;
	const held = permissionsOf(call.world, guildFor(call), call.actorId);
	const may = (held & (isOwn ? Bits.CreateGuildExpressions | Bits.ManageGuildExpressions : Bits.ManageGuildExpressions)) !== 0n;
	if (!may) throw refuse(50013);
	return { guild: guildFor(call), sticker };
}

function edit(call: Call): JsonObject {
	const { guild, sticker } = managed(call);
	const before = { name: sticker['name'], tags: sticker['tags'], description: sticker['description'] };
	const after = {
		name: call.body.string('name', 2, 30) ?? before.name,
		tags: call.body.string('tags', 1, 200) ?? before.tags,
		description: call.body.has('description') ? (readDescription(call) ?? null) : before.description
	};
	call.body.done();
	Object.assign(sticker, after);
	tell(call, guild);
	auditCall(call, guild, { type: AuditLogEvent.StickerUpdate, targetId: String(sticker['id']), changes: changesBetween(before, after) });
	return sticker;
}

function remove(call: Call): Reply {
	const { guild, sticker } = managed(call);
	guild.stickers.delete(String(sticker['id']));
	tell(call, guild);
	auditCall(call, guild, {
		type: AuditLogEvent.StickerDelete,
		targetId: String(sticker['id']),
		changes: changesBetween({ name: sticker['name'] }, {})
	});
	return noContent;
}
