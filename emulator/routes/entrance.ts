import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall } from '../actions/audit.js';
import { invalidBody } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';
import { guildView } from '../views/guild.js';
import { guildFor } from './guildAccess.js';

/** Where people come in: the widget of a guild and what it asks of new members. https://discord.com/developers/docs/resources/guild */
export function entrance(routes: RouteTable): void {
	routes.get('/guilds/:guildId/widget', (call) => widgetView(guildFor(call, Bits.ManageGuild)));
	routes.patch('/guilds/:guildId/widget', setWidget);
	routes.get('/guilds/:guildId/onboarding', (call) => onboardingView(guildFor(call)));
	routes.put('/guilds/:guildId/onboarding', setOnboarding);
}

function widgetView({ widgetEnabled, widgetChannelId }: Guild): JsonObject {
	return { enabled: widgetEnabled, channel_id: widgetChannelId };
}

function setWidget(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const enabled = call.body.boolean('enabled');
	const channelId = call.body.nullableSnowflake('channel_id');
	call.body.done();
	requireChannels(guild, 'channel_id', channelId ? [channelId] : []);
	if (enabled !== undefined) guild.widgetEnabled = enabled;
	if (channelId !== undefined) guild.widgetChannelId = channelId;
	guild.revision++;
	call.discord.dispatcher.guild(guild, 'GUILD_UPDATE', guildView(guild));
	return widgetView(guild);
}

function onboardingView({ id, onboarding }: Guild): JsonObject {
	return { guild_id: id, prompts: [], default_channel_ids: [], enabled: false, mode: 0, ...onboarding };
}

function setOnboarding(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild | Bits.ManageRoles);
	const { body, world } = call;
	const given = {
		prompts: body.objects('prompts')?.map((prompt) => promptOf(prompt, () => world.ids.next())),
		default_channel_ids: body.has('default_channel_ids') ? textsOf(body.raw('default_channel_ids')) : undefined,
		enabled: body.boolean('enabled'),
		mode: body.integer('mode', 0, 1)
	};
	body.done();
	requireChannels(guild, 'default_channel_ids', given.default_channel_ids ?? []);
	const options = (given.prompts ?? []).flatMap(({ options: all }) => objectsIn(all));
	requireChannels(
		guild,
		'prompts',
		options.flatMap(({ channel_ids }) => textsOf(channel_ids))
	);
	const changed = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as JsonObject;
	guild.onboarding = { ...guild.onboarding, ...changed };
	auditCall(call, guild, { type: AuditLogEvent.OnboardingUpdate, targetId: guild.id, changes: [] });
	return onboardingView(guild);
}

function promptOf(prompt: JsonObject, nextId: () => string): JsonObject {
	const { id, type, title, options, single_select, required, in_onboarding } = prompt;
	return {
		...{ id: idOf(id, nextId), type: type ?? 0, title: title ?? '', single_select: single_select === true },
		...{ required: required === true, in_onboarding: in_onboarding === true },
		options: objectsIn(options).map((option) => ({
			...{ id: idOf(option['id'], nextId), title: option['title'] ?? '', description: option['description'] ?? '' },
			// Read in other words than it is written.
			emoji: { id: option['emoji_id'] ?? null, name: option['emoji_name'] ?? null, animated: option['emoji_animated'] === true },
			...{ role_ids: textsOf(option['role_ids']), channel_ids: textsOf(option['channel_ids']) }
		}))
	};
}

function idOf(id: Json | undefined, nextId: () => string): string {
	return typeof id === 'string' && id.length > 5 ? id : nextId();
}

function requireChannels(guild: Guild, key: string, ids: readonly string[]): void {
	if (ids.every((id) => guild.channels.has(id))) return;
	throw invalidBody({ [key]: [{ code: 'CHANNEL_INVALID', message: 'Unknown channel' }] });
}

function textsOf(value: Json | undefined): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function objectsIn(value: Json | undefined): JsonObject[] {
	return Array.isArray(value)
		? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one))
		: [];
}
