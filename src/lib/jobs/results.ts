import type { ItemResult, JobItem } from './types.js';

/** An item that was taken out to be worked on. */
export interface TakenItem extends JobItem {
	readonly position: number;
}

/** What is written of one item. */
export interface RecordedItem {
	readonly position: number;
	readonly state: ItemResult['state'];
	readonly why: string | null;
}

/** What a batch's results say of each of its items. One without a result failed: left pending, it would be taken again for ever. */
export function recordOf(items: readonly TakenItem[], results: readonly ItemResult[]): readonly RecordedItem[] {
	const byKey = new Map(results.map((result) => [result.key, result]));
	return items.map(({ key, position }) => {
		const result = byKey.get(key) ?? { key, state: 'failed', why: 'unexpected' };
		return { position, state: result.state, why: result.state === 'failed' ? result.why : null };
	});
}

/** All items of a batch failed for one reason. */
export function allFailed(items: readonly JobItem[], why: string): readonly ItemResult[] {
	return items.map(({ key }) => ({ key, state: 'failed', why }));
}

/** `items` without those whose key came before. */
export function eachOnce<T extends { readonly key: string }>(items: readonly T[]): readonly T[] {
	const seen = new Set<string>();
	return items.filter(({ key }) => !seen.has(key) && seen.add(key));
}
