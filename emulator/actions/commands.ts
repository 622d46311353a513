import type { Discord } from '../discord.js';
import { type Body, isObject } from '../rest/body.js';
import { DiscordError } from '../rest/errors.js';
import type { Application, ApplicationCommand } from '../state/application.js';
import type { JsonObject, Snowflake } from '../state/types.js';

/** Makes a command or changes one; `whole` resets what the body leaves out. `at` is its place in a bulk overwrite. */
export function saveCommand(
	discord: Discord,
	application: Application,
	guildId: Snowflake | null,
	body: Body,
	known: ApplicationCommand | null,
	whole: boolean,
	at = ''
): ApplicationCommand {
	const type = known?.type ?? body.integer('type') ?? 1;
	const name = body.string('name', 1, 32);
	const old: JsonObject = whole ? {} : (known ?? {});
	const version = discord.world.ids.next();
	const options = body.objects('options')?.map(withoutNulls) ?? old['options'];
	try {
		body.done();
	} catch (error) {
		throw at !== '' && error instanceof DiscordError ? new DiscordError(50035, 400, error.message, { [at]: error.errors ?? {} }) : error;
	}
	return {
		id: known?.id ?? discord.world.ids.next(),
		application_id: application.id,
		version,
		default_member_permissions:
			body.raw('default_member_permissions') === undefined
				? text(old['default_member_permissions'])
				: text(body.raw('default_member_permissions')),
		type,
		name: name ?? known?.name ?? '',
		name_localizations: body.raw('name_localizations') ?? old['name_localizations'] ?? null,
		description: type === 1 ? (body.string('description') ?? String(old['description'] ?? '')) : '',
		description_localizations: body.raw('description_localizations') ?? old['description_localizations'] ?? null,
		dm_permission: body.boolean('dm_permission') ?? true,
		contexts: body.raw('contexts') ?? old['contexts'] ?? (guildId === null ? null : [0]),
		integration_types: body.raw('integration_types') ?? old['integration_types'] ?? [0],
		nsfw: body.boolean('nsfw') ?? old['nsfw'] ?? false,
		...(type === 1 && options !== undefined ? { options: Array.isArray(options) ? options : [] } : {}),
		...(guildId === null ? {} : { guild_id: guildId })
	};
}

/** An option as Discord keeps it: what is null was not said. */
function withoutNulls(option: JsonObject): JsonObject {
	const said = Object.entries(option).filter(([, value]) => value !== null);
	return Object.fromEntries(
		said.map(([key, value]) => [key, key === 'options' && Array.isArray(value) ? value.filter(isObject).map(withoutNulls) : value])
	);
}

function text(value: unknown): string | null {
	return value === undefined || value === null ? null : String(value);
}
