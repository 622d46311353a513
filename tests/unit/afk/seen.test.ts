import { expect, test } from 'vitest';
import type { Sighting } from '#modules/afk/repository/seen.js';
import { SeenService } from '#modules/afk/service/seen.js';
import { bufferInto, someOptOuts } from './support.js';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;

function make(most?: number) {
	const written: (readonly [string, Sighting])[] = [];
	const stored = new Map<string, Sighting>();
	const unwritten = bufferInto<Sighting>(written, (_, later) => later, most);
	const { out, optOuts } = someOptOuts();
	const repository = { find: async (guildId: string, userId: string) => stored.get(`${guildId}:${userId}`) ?? null };
	return { service: new SeenService({ repository, unwritten, optOuts }), written, stored, unwritten, out };
}

test('of many messages of a member one in five minutes is written', async () => {
	const { service, unwritten, written } = make();
	for (const at of [0, 1, minute, 5 * minute - 1]) service.onMessage('1', 'ana', '5', start + at);
	await unwritten.flush();
	expect(written).toEqual([['1:ana', { at: start, channelId: '5' }]]);

	service.onMessage('1', 'ana', '6', start + 5 * minute);
	service.onMessage('1', 'bea', '6', start + 5 * minute);
	await unwritten.flush();
	expect(written.slice(1)).toEqual([
		['1:ana', { at: start + 5 * minute, channelId: '6' }],
		['1:bea', { at: start + 5 * minute, channelId: '6' }]
	]);
});

test('the very last message is known, though it was not written', async () => {
	const { service } = make();
	service.onMessage('1', 'ana', '5', start);
	service.onMessage('1', 'ana', '6', start + minute);
	service.onMessage('1', 'ana', '7', start + 30_000);
	expect(await service.find('1', 'ana')).toEqual({ at: start + minute, channelId: '6' });
	expect(await service.find('2', 'ana')).toBeNull();
});

test('after a restart what is stored is the answer, and the newer of the two later', async () => {
	const { service, stored } = make();
	stored.set('1:ana', { at: start, channelId: '5' });
	expect(await service.find('1', 'ana')).toEqual({ at: start, channelId: '5' });
	service.onMessage('1', 'ana', '6', start - 1);
	expect(await service.find('1', 'ana')).toEqual({ at: start, channelId: '5' });
	service.onMessage('1', 'ana', '6', start + 1);
	expect(await service.find('1', 'ana')).toEqual({ at: start + 1, channelId: '6' });
});

test('who opted out is not written and not told of, and begins anew after opting in', async () => {
	const { service, unwritten, stored, out } = make();
	out.add('seen ana');
	service.onMessage('1', 'ana', '5', start);
	stored.set('1:ana', { at: start, channelId: '5' });
	expect(unwritten.size).toBe(0);
	expect(await service.find('1', 'ana')).toBeNull();
	out.clear();
	service.onMessage('1', 'ana', '5', start + 1);
	expect(unwritten.size).toBe(1);
});

test('opting out of something else changes nothing', () => {
	const { service, unwritten, out } = make();
	out.add('names ana');
	service.onMessage('1', 'ana', '5', start);
	expect(unwritten.size).toBe(1);
});

test('forgetting a person takes what was not written yet, in every server, and leaves the others', async () => {
	const { service, unwritten, written } = make();
	service.onMessage('1', 'ana', '5', start);
	service.onMessage('2', 'ana', '5', start);
	service.onMessage('1', 'bea', '5', start);
	service.forget('ana');
	await unwritten.flush();
	expect(written.map(([key]) => key)).toEqual(['1:bea']);
	expect(await service.find('1', 'ana')).toBeNull();
});

test('a sighting for which there was no room is tried again with the next message', () => {
	const { service, unwritten } = make(1);
	service.onMessage('1', 'bea', '5', start);
	service.onMessage('1', 'ana', '5', start);
	unwritten.drop(() => true);
	service.onMessage('1', 'ana', '5', start + 1);
	expect(unwritten.size).toBe(1);
});

test('what is not written yet is written for those who read what is stored', async () => {
	const { service, unwritten, written } = make();
	service.onMessage('1', 'ana', '5', start);
	await service.settle();
	expect(unwritten.size).toBe(0);
	expect(written).toEqual([['1:ana', { at: start, channelId: '5' }]]);
});
