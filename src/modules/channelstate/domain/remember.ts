import type { Layer } from './layers.js';
import { type LayerKind, layerKinds } from './permissions.js';

/** A layer as plain values: `[kind, subject, isMember, gives, bits, allow, deny, existed]`. */
export type StoredLayer = readonly (string | boolean)[];

/** Layers as they lie in an order and in its case. */
export function storeLayers(layers: readonly Layer[]): readonly StoredLayer[] {
	return layers.map(({ kind, subject, gives, bits, before, existed }) => [
		kind,
		subject.id,
		subject.isMember,
		gives,
		String(bits),
		String(before.allow),
		String(before.deny),
		existed
	]);
}

/** What {@link storeLayers} made; anything else is left out. */
export function readLayers(stored: unknown): readonly Layer[] {
	return Array.isArray(stored) ? stored.map(readLayer).filter((layer) => layer !== null) : [];
}

function readLayer(stored: unknown): Layer | null {
	if (!Array.isArray(stored)) return null;
	const [kind, id, isMember, gives, bits, allow, deny, existed]: unknown[] = stored;
	const numbers = [bits, allow, deny].map((value) => (typeof value === 'string' && /^\d{1,19}$/.test(value) ? BigInt(value) : null));
	const [bitsRead = null, allowRead = null, denyRead = null] = numbers;
	if (!isKind(kind) || typeof id !== 'string' || !/^\d{1,20}$/.test(id)) return null;
	if (typeof isMember !== 'boolean' || typeof gives !== 'boolean' || typeof existed !== 'boolean') return null;
	if (bitsRead === null || allowRead === null || denyRead === null) return null;
	return { kind, subject: { id, isMember }, gives, bits: bitsRead, before: { allow: allowRead, deny: denyRead }, existed };
}

export function isKind(value: unknown): value is LayerKind {
	return layerKinds.some((kind) => kind === value);
}
