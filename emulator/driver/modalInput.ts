import type { Json, JsonObject } from '../state/types.js';
import { asObject, asObjects } from './api.js';
import { ClientRefusal } from './commandInput.js';
import type { ShownModal } from './outcome.js';

const TEXT_INPUT = 4;

/** What a person typed or chose, by custom id or label. */
export type ModalFields = Record<string, string | string[]>;

/** Fills a modal as a client would: refuses what is missing, too short or too long. */
export function fillModal(modal: ShownModal, fields: ModalFields): Json[] {
	const used = new Set<string>();
	const rows = modal.components.flatMap((row): Json[] => {
		const single = asObject(row['component']);
		if (single['type'] !== undefined) return [{ type: row['type'], component: fill(single, row['label'], fields, used) }];
		const inside = asObjects(row['components']);
		if (inside.length === 0) return [];
		return [{ type: row['type'], components: inside.map((input) => fill(input, input['label'], fields, used)) }];
	});
	const unknown = Object.keys(fields).filter((name) => !used.has(name));
	if (unknown.length > 0) throw new ClientRefusal(`The modal "${modal.title}" has no field ${unknown.join(', ')}`);
	return rows;
}

function fill(input: JsonObject, label: Json | undefined, fields: ModalFields, used: Set<string>): JsonObject {
	const customId = String(input['custom_id']);
	const key = [customId, String(label)].find((name) => fields[name] !== undefined);
	const given = key === undefined ? undefined : fields[key];
	if (key !== undefined) used.add(key);
	if (Number(input['type']) !== TEXT_INPUT) {
		return { type: input['type'], custom_id: customId, values: given === undefined ? [] : [given].flat() };
	}
	const value = String(given ?? input['value'] ?? '');
	if (value === '' && input['required'] !== false) throw new ClientRefusal(`"${String(label)}" must be filled in`);
	if (value !== '' && value.length < Number(input['min_length'] ?? 0)) throw new ClientRefusal(`"${String(label)}" is too short`);
	if (value.length > Number(input['max_length'] ?? 4000)) throw new ClientRefusal(`"${String(label)}" is too long`);
	return { type: TEXT_INPUT, custom_id: customId, value };
}
