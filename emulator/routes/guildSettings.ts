import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween } from '../actions/audit.js';
import { storeImage } from '../actions/images.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';
import { guildView } from '../views/guild.js';
import { guildFor } from './guildAccess.js';

/** A guild's own settings, its short address and its incident actions. https://discord.com/developers/docs/resources/guild#modify-guild */
export function guildSettings(routes: RouteTable): void {
	routes.patch('/guilds/:guildId', edit);
	routes.get('/guilds/:guildId/preview', preview);
	routes.get('/guilds/:guildId/vanity-url', vanity);
	routes.patch('/guilds/:guildId/vanity-url', setVanity, { auth: 'user' });
	routes.put('/guilds/:guildId/incident-actions', incidents);
	routes.get('/guilds/:guildId/regions', (call) => {
		guildFor(call);
		return regions;
	});
	routes.get('/voice/regions', () => regions);
}

const region = (id: string, name: string) => ({ id, name, custom: false, deprecated: false, optimal: id === 'rotterdam' });
/** https://discord.com/developers/docs/resources/voice#list-voice-regions */
const regions = [region('rotterdam', 'Rotterdam'), region('us-east', 'US East'), region('singapore', 'Singapore')];

/** Keys of the body and where the state keeps them. */
const fields = {
	name: 'name',
	description: 'description',
	verification_level: 'verificationLevel',
	default_message_notifications: 'defaultMessageNotifications',
	explicit_content_filter: 'explicitContentFilter',
	afk_channel_id: 'afkChannelId',
	afk_timeout: 'afkTimeout',
	system_channel_id: 'systemChannelId',
	system_channel_flags: 'systemChannelFlags',
	rules_channel_id: 'rulesChannelId',
	public_updates_channel_id: 'publicUpdatesChannelId',
	safety_alerts_channel_id: 'safetyAlertsChannelId',
	preferred_locale: 'preferredLocale',
	premium_progress_bar_enabled: 'premiumProgressBar',
	features: 'features'
} as const satisfies Record<string, keyof Guild>;

/** What null puts a setting back to; what is not named here keeps null, as channels do. */
const defaults: JsonObject = {
	verification_level: 0,
	default_message_notifications: 0,
	explicit_content_filter: 0,
	preferred_locale: 'en-US',
	afk_timeout: 300,
	system_channel_flags: 0,
	premium_progress_bar_enabled: false,
	features: []
};

function edit(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const before = guildView(guild);
	const name = call.body.string('name', 2, 100);
	const ownerId = call.body.snowflake('owner_id');
	const pictures = {
		icon: storeImage(call, 'icon', `icons/${guild.id}`),
		banner: storeImage(call, 'banner', `banners/${guild.id}`),
		splash: storeImage(call, 'splash', `splashes/${guild.id}`)
	};
	call.body.integer('system_channel_flags', 0, 2 ** 31 - 1);
	const features = call.body.list('features')?.filter((feature) => feature !== null);
	call.body.done();
	requireChannels(call, guild);
	if (ownerId !== undefined && call.actorId !== guild.ownerId) throw refuse(50013);
	if (ownerId !== undefined && !guild.members.has(ownerId)) throw refuse(10007);
	for (const [key, own] of Object.entries(fields)) {
		const said: Json | undefined = { name, features }[key] ?? call.body.raw(key);
		const value = said === null ? (defaults[key] ?? (key === 'name' ? undefined : null)) : said;
		if (value !== undefined) Object.assign(guild, { [own]: value });
	}
	for (const [key, hash] of Object.entries(pictures)) if (hash !== undefined) Object.assign(guild, { [key]: hash });
	if (ownerId !== undefined) guild.ownerId = ownerId;
	const { roles: _, emojis: __, stickers: ___, ...after } = guildView(guild);
	const changes = changesBetween(Object.fromEntries(Object.keys(after).map((key) => [key, before[key]])), after);
	if (changes.length > 0) changed(call, guild, changes);
	return guildView(guild);
}

function changed(call: Call, guild: Guild, changes: JsonObject[]): void {
	guild.revision++;
	call.discord.dispatcher.guild(guild, 'GUILD_UPDATE', guildView(guild));
	auditCall(call, guild, { type: AuditLogEvent.GuildUpdate, targetId: guild.id, changes });
}

function requireChannels(call: Call, guild: Guild): void {
	for (const key of ['afk_channel_id', 'system_channel_id', 'rules_channel_id', 'public_updates_channel_id', 'safety_alerts_channel_id']) {
		const id = call.body.nullableSnowflake(key);
		if (!id || guild.channels.has(id)) continue;
		throw invalidBody({ [key]: [{ code: 'CHANNEL_INVALID', message: 'Unknown channel' }] });
	}
}

function preview(call: Call): JsonObject {
	const guild = guildFor(call);
	const { id, name, icon, description, splash, discovery_splash, features, emojis, stickers, home_header } = guildView(guild);
	const counts = { approximate_member_count: guild.members.size, approximate_presence_count: guild.presences.size };
	return { id, name, icon, description, splash, discovery_splash, features, emojis, stickers, home_header, ...counts };
}

function vanity(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	if (!guild.features.includes('VANITY_URL')) throw refuse(50001);
	return { code: guild.vanityCode, uses: guild.vanityUses };
}

function setVanity(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	if (!guild.features.includes('VANITY_URL')) throw refuse(50001);
	const code = call.body.nullableString('code', 2, 25) ?? null;
	call.body.done();
	const taken = [...call.world.guilds.values()].some((other) => other !== guild && other.vanityCode === code && code !== null);
	if (taken) throw invalidBody({ code: [{ code: 'INVITE_CODE_TAKEN', message: 'Invite code taken' }] });
	const before = { vanity_url_code: guild.vanityCode };
	guild.vanityCode = code;
	guild.vanityUses = 0;
	changed(call, guild, changesBetween(before, { vanity_url_code: code }));
	return { code, uses: 0 };
}

/** https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions */
function incidents(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const longest = call.world.clock.now() + 24 * 60 * 60_000;
	const read = (key: string) => {
		const value = call.body.nullableString(key) ?? null;
		if (value !== null && Date.parse(value) > longest)
			call.body.fault(key, 'GUILD_INCIDENT_ACTION_TOO_LONG', 'Must be at most 24 hours in the future.');
		return value;
	};
	const data = { invites_disabled_until: read('invites_disabled_until'), dms_disabled_until: read('dms_disabled_until') };
	call.body.done();
	const before = guild.incidents;
	guild.incidents = data;
	changed(call, guild, changesBetween({ incidents_data: before }, { incidents_data: data }));
	return data;
}
