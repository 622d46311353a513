import { expect, test } from 'vitest';
import type { NameChange, Names } from '#modules/afk/domain.js';
import { NamesService } from '#modules/afk/service/names.js';
import { bufferInto, someOptOuts } from './support.js';

const nobody: Names = { username: null, display: null, nickname: null };
const at = Date.UTC(2026, 0, 1);

function make(most?: number) {
	const written: (readonly [string, readonly NameChange[]])[] = [];
	const asked: unknown[] = [];
	const unwritten = bufferInto<readonly NameChange[]>(written, (earlier, later) => [...earlier, ...later], most);
	const { out, optOuts } = someOptOuts();
	const service = new NamesService({
		unwritten,
		optOuts,
		repository: {
			async list(...question) {
				asked.push(['list', ...question, written.length]);
				return [{ kind: 'username', value: 'ana', changedAt: at }];
			},
			count: async () => written.length,
			async forget(userIds) {
				asked.push(['forget', userIds, written.length]);
				return 3;
			}
		}
	});
	const see = (now: Partial<Names>, before: Partial<Names> = {}) =>
		service.onNames({ userId: '7', guildId: '1', now: { ...nobody, ...now }, before: { ...nobody, ...before }, at });
	const values = () => written.flatMap(([, changes]) => changes.map(({ kind, guildId, value }) => ({ kind, guildId, value })));
	return { service, see, unwritten, values, out, asked };
}

test('an update that changes no name costs nothing after the first', async () => {
	const { see, unwritten, values } = make();
	see({ username: 'ana', display: 'Ana', nickname: 'A' });
	await unwritten.flush();
	expect(values()).toEqual([
		{ kind: 'username', guildId: null, value: 'ana' },
		{ kind: 'display', guildId: null, value: 'Ana' },
		{ kind: 'nickname', guildId: '1', value: 'A' }
	]);
	see({ username: 'ana', display: 'Ana', nickname: 'A' });
	expect(unwritten.size).toBe(0);
});

test('a name that was taken away is no name', () => {
	const { see, unwritten } = make();
	see({ username: '', display: null, nickname: null });
	expect(unwritten.size).toBe(0);
});

test('there and back again within a moment are three names, in their order', async () => {
	const { see, unwritten, values } = make();
	see({ username: 'bea' }, { username: 'ana' });
	see({ username: 'ana' }, { username: 'bea' });
	await unwritten.flush();
	expect(values().map(({ value }) => value)).toEqual(['ana', 'bea', 'bea', 'ana']);
});

test('who opted out is not recorded, and is from the next update after opting in', () => {
	const { see, unwritten, out } = make();
	out.add('names 7');
	see({ username: 'ana' });
	expect(unwritten.size).toBe(0);
	out.clear();
	see({ username: 'ana' });
	expect(unwritten.size).toBe(1);
});

test('a name for which there was no room is tried again', () => {
	const { see, unwritten } = make(1);
	see({ username: 'ana', display: 'Ana' });
	unwritten.drop(() => true);
	see({ username: 'ana', display: 'Ana' });
	expect(unwritten.size).toBe(1);
});

test('a list and a deletion come after what was just seen', async () => {
	const { service, see, asked } = make();
	see({ username: 'ana' });
	await service.list('7', '1', null);
	see({ display: 'Ana' });
	expect(await service.clear('7')).toBe(3);
	await service.list('7', '1', 'nickname');
	expect(asked).toEqual([
		['list', '7', '1', ['username', 'display', 'nickname'], 1],
		['forget', ['7'], 2],
		['list', '7', '1', ['nickname'], 2]
	]);
});

test('nothing is told of who opted out', async () => {
	const { service, out, asked } = make();
	out.add('names 7');
	expect(await service.list('7', '1', null)).toEqual([]);
	expect(asked).toEqual([]);
});

test('a person who is forgotten is recorded anew, others are not', async () => {
	const { service, see, unwritten } = make();
	see({ username: 'ana' });
	service.forget('8');
	expect(unwritten.size).toBe(1);
	service.forget('7');
	expect(unwritten.size).toBe(0);
	see({ username: 'ana' });
	expect(unwritten.size).toBe(1);
});
