import { isObject } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import type { Application } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import type { Json, JsonObject, Snowflake } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { flattenComponents } from './components.js';
import type { Use } from './interactions.js';
import { Resolver } from './resolve.js';

const BUTTON = 2;
const STRING_SELECT = 3;

/** A press or a selection, checked against the message that carries the component. */
export function readComponentUse(call: Call, application: Application, channel: Channel, data: JsonObject): Use {
	const messageId = call.body.snowflake('message_id') ?? '';
	const message = channel.messages.get(messageId);
	if (message === undefined || (message.onlyFor !== null && message.onlyFor !== call.actorId)) throw refuse(10008);
	const customId = String(data['custom_id']);
	const component = flattenComponents(message.components).find((candidate) => candidate['custom_id'] === customId);
	if (component === undefined || message.author.id !== application.bot.user.id) {
		if (component === undefined || message.applicationId !== application.id) {
			throw fault('data.custom_id', 'COMPONENT_CUSTOM_ID_INVALID', 'Component was not found on this message');
		}
	}
	if (component['disabled'] === true) throw fault('data.custom_id', 'COMPONENT_DISABLED', 'This component is disabled');
	const type = Number(component['type']);
	const use: JsonObject = { custom_id: customId, component_type: type, id: component['id'] ?? 0 };
	if (type !== BUTTON) {
		const resolver = new Resolver(call.discord, call.world.guilds.get(channel.guildId ?? '') ?? null, channel, call.actorId);
		use['values'] = readValues(component, type, data['values'], resolver);
		const resolved = resolver.result();
		if (resolved !== undefined) use['resolved'] = resolved;
	}
	const installed = channel.guildId === null || (call.world.guilds.get(channel.guildId)?.members.has(application.bot.user.id) ?? false);
	const metadata: JsonObject = {
		type: 3,
		user: partialUserView(call.actor.user),
		authorizing_integration_owners: installed ? { '0': channel.guildId ?? '0' } : { '1': call.actorId },
		interacted_message_id: message.id
	};
	return { data: use, source: message, commandName: null, metadata, guildInstall: installed };
}

/** The values of a select, each possible and as many as it takes. */
export function readValues(component: JsonObject, type: number, given: Json | undefined, resolver: Resolver): string[] {
	const values = Array.isArray(given) ? given.map(String) : [];
	const least = Number(component['min_values'] ?? 1);
	const most = Number(component['max_values'] ?? 1);
	if (values.length < least || values.length > most) {
		throw fault('data.values', 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
	}
	if (new Set(values).size !== values.length) throw fault('data.values', 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'Each value once');
	const options = Array.isArray(component['options']) ? component['options'].filter(isObject) : [];
	for (const value of values) {
		const known =
			type === STRING_SELECT ? options.some((option) => option['value'] === value) : resolvesAs(resolver, type, value, component);
		if (!known) throw fault('data.values', 'BASE_TYPE_CHOICES', `Value "${value}" is not one of the choices.`);
	}
	return values;
}

function resolvesAs(resolver: Resolver, type: number, id: Snowflake, component: JsonObject): boolean {
	if (type === 5) return resolver.user(id);
	if (type === 6) return resolver.role(id);
	if (type === 7) return resolver.role(id) || resolver.user(id);
	if (type !== 8) return false;
	const channel = resolver.channelById(id);
	const types = component['channel_types'];
	return channel !== null && (!Array.isArray(types) || types.length === 0 || types.includes(channel.type));
}

function fault(path: string, code: string, message: string) {
	return invalidBody({ [path]: [{ code, message }] });
}
