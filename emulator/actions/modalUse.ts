import { isObject, isWithin } from '../rest/body.js';
import { invalidBody } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import type { Application } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import type { OfferedModal } from '../state/interaction.js';
import type { Json, JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { readUpload } from './commandOptions.js';
import { Kind } from './componentKinds.js';
import { flattenComponents } from './components.js';
import { readValues } from './componentUse.js';
import type { Use } from './interactions.js';
import { Resolver } from './resolve.js';

/** What the inputs of one form are read with. */
interface Reading {
	call: Call;
	channel: Channel;
	given: Map<string, JsonObject>;
	resolver: Resolver;
}

/** A modal sent back, checked against the one that was shown to this person. A modal can be sent once. */
export function readModalUse(call: Call, application: Application, channel: Channel, data: JsonObject): Use {
	const { id, modal } = take(call, application, data);
	const given = new Map<string, JsonObject>();
	for (const component of flattenComponents(Array.isArray(data['components']) ? data['components'] : [])) {
		if (typeof component['custom_id'] === 'string') given.set(component['custom_id'], component);
	}
	const guild = call.world.guilds.get(channel.guildId ?? '') ?? null;
	const resolver = new Resolver(call.discord, guild, channel, call.actorId);
	const reading = { call, channel, given, resolver };
	const components = modal.components.flatMap((row) => readRow(row, reading));
	// Only a good answer closes it: after a refusal the person still sees the form.
	call.world.modals.delete(id);
	const installed = guild?.members.has(application.bot.user.id) ?? true;
	const owners = installed ? { '0': channel.guildId ?? '0' } : { '1': call.actorId };
	const use: JsonObject = { custom_id: modal.customId, components };
	const resolved = resolver.result();
	if (resolved !== undefined) use['resolved'] = resolved;
	const metadata: JsonObject = {
		type: 5,
		user: partialUserView(call.actor.user),
		authorizing_integration_owners: owners,
		triggering_interaction_metadata: modal.metadata
	};
	return { data: use, source: modal.source, commandName: null, metadata, guildInstall: installed };
}

function take(call: Call, application: Application, data: JsonObject): { id: string; modal: OfferedModal } {
	const { modals } = call.world;
	for (const [id, modal] of [...modals].reverse()) {
		const right = data['id'] === undefined ? modal.customId === data['custom_id'] : id === String(data['id']);
		if (!right || modal.userId !== call.actorId || modal.applicationId !== application.id) continue;
		return { id, modal };
	}
	throw invalidBody({ 'data.custom_id': [{ code: 'MODAL_NOT_FOUND', message: 'This modal was not shown' }] });
}

function readRow(row: JsonObject, reading: Reading): Json[] {
	if (row['type'] === Kind.TextDisplay) return [{ type: Kind.TextDisplay, id: row['id'] }];
	const single = row['component'];
	if (isObject(single)) return [{ type: row['type'], id: row['id'], component: readInput(single, reading) }];
	const inside = Array.isArray(row['components']) ? row['components'].filter(isObject) : [];
	return [{ type: row['type'], id: row['id'], components: inside.map((input) => readInput(input, reading)) }];
}

function readInput(input: JsonObject, reading: Reading): JsonObject {
	const customId = String(input['custom_id']);
	const answer = reading.given.get(customId);
	const type = Number(input['type']);
	if (type === Kind.FileUpload)
		return { type, id: input['id'], custom_id: customId, values: readFiles(input, answer?.['values'], reading) };
	if (type !== Kind.TextInput) {
		const optional = input['required'] === false && !Array.isArray(answer?.['values']);
		const values = optional ? [] : readValues(input, type, answer?.['values'], reading.resolver);
		return { type, id: input['id'], custom_id: customId, values };
	}
	const value = typeof answer?.['value'] === 'string' ? answer['value'] : '';
	const least = Number(input['min_length'] ?? 0);
	const most = Number(input['max_length'] ?? 4000);
	if (value === '' && input['required'] !== false) throw fault(customId, 'BASE_TYPE_REQUIRED', 'This field is required');
	if (value !== '' && !isWithin(value, least, most)) {
		throw fault(customId, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
	}
	return { type, id: input['id'], custom_id: customId, value };
}

/** The files of an upload, by their numbers in the request. https://discord.com/developers/docs/components/reference#file-upload */
function readFiles(input: JsonObject, given: Json | undefined, { call, channel, resolver }: Reading): string[] {
	const numbers = Array.isArray(given) ? given : [];
	const customId = String(input['custom_id']);
	if (numbers.length === 0 && input['required'] === false) return [];
	const [least, most] = [Number(input['min_values'] ?? 1), Number(input['max_values'] ?? 1)];
	if (numbers.length < least || numbers.length > most)
		throw fault(customId, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
	return numbers.map((number) => readUpload(call, channel, resolver, number, `data.components.${customId}`));
}

function fault(customId: string, code: string, message: string) {
	return invalidBody({ [`data.components.${customId}`]: [{ code, message }] });
}
