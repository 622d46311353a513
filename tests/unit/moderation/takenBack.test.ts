import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import type { DueTimer } from '#lib/timers/types.js';
import type { Action } from '../../../src/modules/moderation/action.js';
import { readOrder } from '../../../src/modules/moderation/domain/order.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';

const answered = (status: number, code = 0) => new DiscordAPIError({ code, message: 'no' }, code, status, 'PUT', '', {});
const refused = answered(403, 50_013);
const away = answered(503);

/** Somebody is told first, and then put out: Discord answers `answers`, one after the other, and then that it was done. */
function make(...answers: Error[]) {
	const world = { isOut: false, cannotSay: false };
	const out = (type: string): Action => ({
		...{ type, module: 'moderation', aim: 'user', botPermission: 0n, isHarmful: false, tells: 'before', isLogged: false, undo: null },
		closes: { types: [], as: 'superseded' },
		command: `moderation.${type}`,
		isDone() {
			if (world.cannotSay) throw refused;
			return world.isOut;
		},
		async do() {
			const answer = answers.shift();
			if (answer !== undefined) throw answer;
			world.isOut = true;
		}
	});
	const memory = moderationInMemory([out('out'), out('away')]);
	const perform = (type = 'out') => memory.moderation.perform({ type, guildId: '1', targetId: '3', actorId: '2' });
	const later = (ms = 61_000) => {
		const [kept] = memory.orders.values();
		memory.state.now += ms;
		const payload = JSON.parse(JSON.stringify(kept));
		const timer = { kind: 'x', key: 'x', guildId: '1', dueAt: 0, payload, attempts: 0 };
		return memory.due.finish({ ...timer, finish: async () => undefined, moveTo: async () => undefined } satisfies DueTimer);
	};
	return { ...memory, world, perform, later };
}

test('what somebody was told stays when it was done', async () => {
	const { perform, told } = make();
	expect(await perform()).toMatchObject({ ok: true, value: { told: 'sent' } });
	expect([...told]).toEqual(['order-1']);
});

test('when Discord refuses, what was told is taken back', async () => {
	const { perform, told, orders, cases } = make(refused);
	await expect(perform()).rejects.toBe(refused);
	expect([told.size, orders.size, cases.length]).toEqual([0, 0, 0]);
});

test('while nobody knows whether it was done it stays, and who finds out later takes it back or leaves it', async () => {
	const done = make(away);
	expect(await done.perform()).toMatchObject({ code: 'discord-away' });
	expect(done.told.size).toBe(1);
	await done.later();
	expect([done.told.size, done.cases.length]).toEqual([1, 1]);

	const no = make(away, refused);
	await no.perform();
	await no.later();
	expect([no.told.size, no.cases.length]).toEqual([0, 0]);
});

test('what became too old to be done is taken back too', async () => {
	const { perform, later, told, cases } = make(away);
	await perform();
	await later(3_600_000);
	expect([told.size, cases.length]).toEqual([0, 0]);
});

test('where Discord does not say whether it was done it stays', async () => {
	const { perform, later, told, world } = make(away);
	await perform();
	world.cannotSay = true;
	await later();
	expect(told.size).toBe(1);
});

test('who gives another order instead leaves one message', async () => {
	const { perform, told, cases } = make(away);
	await perform();
	await perform('away');
	expect([[...told], cases.map(({ type }) => type)]).toEqual([['order-2'], ['away']]);
});

test('an order is read back with the message that was sent', () => {
	const nothing = { targetId: null, channelId: null, actorId: null, reason: null, durationMs: null, parentNumber: null };
	const order = { ...nothing, key: 'a', type: 'out', guildId: '1', details: {}, at: 1 };
	const told = { channelId: '5', messageId: '6' };
	expect(readOrder({ ...order, told })).toEqual({ ...order, told });
	expect(readOrder({ ...order, told: { channelId: 5 } })).toEqual(order);
});
