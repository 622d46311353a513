import { isObject } from '../rest/body.js';
import type { Json, JsonObject } from '../state/types.js';

/** Components as Discord gives them back: every one with an `id`, counted in reading order. */
export function normaliseComponents(components: JsonObject[]): JsonObject[] {
	let next = 1;
	const visit = (component: JsonObject): JsonObject => {
		const clean: JsonObject = {};
		for (const [key, value] of Object.entries(component)) if (value !== undefined && value !== null) clean[key] = value;
		if (typeof clean['id'] !== 'number' || clean['id'] === 0) clean['id'] = next++;
		for (const key of ['components', 'items']) {
			const below = clean[key];
			if (Array.isArray(below) && key === 'components') clean[key] = below.map((child) => (isObject(child) ? visit(child) : child));
		}
		for (const key of ['accessory', 'component']) {
			const below = clean[key];
			if (isObject(below)) clean[key] = visit(below);
		}
		return clean;
	};
	return components.map(visit);
}

/** Every component of a tree, containers included, in reading order. */
export function flattenComponents(components: readonly Json[]): JsonObject[] {
	const all: JsonObject[] = [];
	for (const component of components) {
		if (!isObject(component)) continue;
		all.push(component);
		if (Array.isArray(component['components'])) all.push(...flattenComponents(component['components']));
		for (const key of ['accessory', 'component']) {
			const below = component[key];
			if (isObject(below)) all.push(...flattenComponents([below]));
		}
	}
	return all;
}
