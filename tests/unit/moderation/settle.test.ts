import { expect, test } from 'vitest';
import type { Action } from '../../../src/modules/moderation/action.js';
import { orderTimerKey } from '../../../src/modules/moderation/domain/order.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';

/** An action whose process may die right after Discord did it. */
function make(part: Partial<Action> = {}) {
	const did: string[] = [];
	const plain = (type: string): Action => ({
		...{ type, module: 'moderation', aim: 'member', botPermission: 0n, isHarmful: false, tells: 'never', isLogged: false, undo: null },
		closes: { types: [], as: 'superseded' },
		command: `moderation.${type}`,
		isDone: () => did.includes(type),
		async do() {
			did.push(type);
		}
	});
	const memory = moderationInMemory([{ ...plain('first'), ...part }, plain('second')]);
	const order = (type: string) => ({ type, guildId: '1', targetId: '3', actorId: '2' });
	const cutShort = () => {
		const kept = memory.moderation.orderOf(order('first'));
		memory.orders.set(orderTimerKey(kept), kept);
	};
	return { ...memory, did, order, cutShort };
}

test('what a process left half-way gets its case before something else is done to the same person', async () => {
	const { moderation, cases, did, order, orders, cutShort } = make();
	cutShort();
	did.push('first');
	await moderation.perform(order('second'));
	expect(cases.map(({ type }) => type)).toEqual(['first', 'second']);
	expect(did).toEqual(['first', 'second']);
	expect(orders.size).toBe(0);
});

test('what was not done yet gives way to what is done now', async () => {
	const { moderation, cases, did, order, orders, cutShort } = make();
	cutShort();
	await moderation.perform(order('second'));
	expect(cases.map(({ type }) => type)).toEqual(['second']);
	expect(did).toEqual(['second']);
	expect(orders.size).toBe(0);
});

test('what came out of an action is kept with its case', async () => {
	const { moderation, cases, order } = make({ do: async () => ({ made: 'thing' }) });
	await moderation.perform({ ...order('first'), details: { asked: true } });
	expect(cases[0]?.details).toEqual({ asked: true, made: 'thing' });
});

test('also of an action that was begun, cut short, and brought to its end by the next one', async () => {
	const { moderation, cases, order, cutShort } = make({ isBegun: () => true, do: async () => ({ made: 'thing' }) });
	cutShort();
	await moderation.perform(order('second'));
	expect(cases.map(({ type, details }) => [type, details])).toEqual([
		['first', { made: 'thing' }],
		['second', {}]
	]);
});
