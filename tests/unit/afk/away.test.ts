import { describe, expect, test } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { memberKey, PersonSet } from '#lib/settings/personSet.js';
import type { Away } from '#modules/afk/domain.js';
import type { MentionCount } from '#modules/afk/repository/away.js';
import { AwayService, type MentioningMessage } from '#modules/afk/service/away.js';
import { FakeClock } from '../../support/fakeClock.js';
import { bufferInto } from './support.js';

const guildId = '1';
const second = 1_000;

/** The service over rows in memory, as the repository and the settings hub keep them. */
async function make({ loaded = true } = {}) {
	const rows = new Map<string, Away & { mentions: number }>();
	const states = new PersonSet<Away>({
		readAll: async () => rows,
		async read(key) {
			const row = rows.get(key);
			return row === undefined ? null : { reason: row.reason, since: row.since };
		}
	});
	if (loaded) await states.load();
	const clock = new FakeClock();
	const written: (readonly [string, MentionCount])[] = [];
	const mentions = bufferInto(written, (earlier: MentionCount, later: MentionCount) => ({ ...later, count: earlier.count + later.count }));
	const claims = new Set<string>();
	const storage = { fault: null as Error | null };
	const service = new AwayService({
		states,
		mentions,
		clock,
		claimNotice: async (messageId, userId) => claims.size < claims.add(`${messageId} ${userId}`).size,
		repository: {
			async set(guild, user, { reason, since }) {
				if (storage.fault) throw storage.fault;
				const key = memberKey(guild, user);
				const before = rows.get(key);
				rows.set(key, { mentions: 0, since, ...before, reason });
				await states.evict(key);
				return { since: before?.since ?? since, isNew: before === undefined };
			},
			async end(guild, user, latest) {
				if (storage.fault) throw storage.fault;
				const key = memberKey(guild, user);
				const row = rows.get(key);
				if (row === undefined || row.since > latest) return null;
				rows.delete(key);
				await states.evict(key);
				return { since: row.since, mentions: row.mentions };
			}
		}
	});
	const mention = (message: Partial<MentioningMessage> = {}) =>
		service.onMentions({ id: 'm1', guildId, channelId: '5', authorId: 'bea', mentionedIds: ['ana'], ...message });
	return { service, clock, rows, states, mentions, storage, written, mention };
}

describe('leaving', () => {
	test('says that it is new, and keeps the time when only the reason changes', async () => {
		const { service, clock, rows } = await make();
		const since = clock.now();
		expect(await service.leave(guildId, 'ana', 'tea', 'AFK')).toEqual({ ok: true, value: { reason: 'tea', since, isNew: true } });
		clock.advance(60 * second);
		expect(await service.leave(guildId, 'ana', null, 'AFK')).toEqual({ ok: true, value: { reason: 'AFK', since, isNew: false } });
		expect(rows.get('1:ana')).toEqual({ reason: 'AFK', since, mentions: 0 });
	});

	test('with too long a reason changes nothing', async () => {
		const { service, rows } = await make();
		expect(await service.leave(guildId, 'ana', 'x'.repeat(101), 'AFK')).toMatchObject({ ok: false, code: 'reason-too-long' });
		expect(rows.size).toBe(0);
	});
});

describe('coming back', () => {
	test('takes five seconds and counts in that server only', async () => {
		const { service, clock } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		clock.advance(4_999);
		expect(service.isBack(guildId, 'ana')).toBe(false);
		expect(await service.comeBack(guildId, 'ana')).toBeNull();
		clock.advance(1);
		expect(service.isBack('2', 'ana')).toBe(false);
		expect(service.isBack(guildId, 'bea')).toBe(false);
		expect(service.isBack(guildId, 'ana')).toBe(true);
	});

	test('happens once, however many messages arrive together', async () => {
		const { service, clock } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		const since = clock.now();
		clock.advance(60 * second);
		const answers = await Promise.all([service.comeBack(guildId, 'ana'), service.comeBack(guildId, 'ana')]);
		expect(answers.filter((answer) => answer !== null)).toEqual([{ since, mentions: 0 }]);
		expect(service.isBack(guildId, 'ana')).toBe(false);
	});

	test('counts the mentions that are stored and those that are not yet', async () => {
		const { service, clock, rows, mention } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		const row = rows.get('1:ana');
		if (row) row.mentions = 4;
		clock.advance(60 * second);
		mention({ id: 'm1' });
		mention({ id: 'm2' });
		expect(await service.comeBack(guildId, 'ana')).toMatchObject({ mentions: 6 });
	});

	test('waits when storage is away, and loses no mention by it', async () => {
		const { service, clock, storage, mention } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		clock.advance(60 * second);
		mention();
		storage.fault = new StorageAway('away');
		expect(await service.comeBack(guildId, 'ana')).toBeNull();
		storage.fault = null;
		expect(await service.comeBack(guildId, 'ana')).toMatchObject({ mentions: 1 });
	});

	test('lets a bug come through', async () => {
		const { service, storage } = await make();
		storage.fault = new TypeError('a bug');
		await expect(service.comeBack(guildId, 'ana')).rejects.toThrow('a bug');
	});
});

describe('mentions', () => {
	test('of nobody who is away cost nothing and say nothing', async () => {
		const { mention, mentions } = await make();
		expect(mention()).toEqual([]);
		expect(mentions.size).toBe(0);
	});

	test('are told once in thirty seconds per channel and person, and all are counted', async () => {
		const { service, clock, mention, mentions, written } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		const notice = { userId: 'ana', reason: 'tea', since: clock.now() };
		expect(mention({ id: 'm1' })).toEqual([notice]);
		clock.advance(29_999);
		expect(mention({ id: 'm2' })).toEqual([]);
		expect(mention({ id: 'm3', channelId: '6' })).toEqual([notice]);
		clock.advance(1);
		expect(mention({ id: 'm4' })).toEqual([notice]);
		await mentions.flush();
		expect(written).toEqual([['1:ana', { guildId, userId: 'ana', since: notice.since, count: 4 }]]);
	});

	test('of one message count once, also when Discord sends it twice', async () => {
		const { service, mention, mentions, written } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		expect(mention()).toHaveLength(1);
		expect(mention()).toEqual([]);
		await mentions.flush();
		expect(written).toMatchObject([['1:ana', { count: 1 }]]);
	});

	test('of oneself do not count', async () => {
		const { service, mention, mentions } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		expect(mention({ authorId: 'ana' })).toEqual([]);
		expect(mentions.size).toBe(0);
	});

	test('beyond the tenth are not looked at', async () => {
		const { service, mention } = await make();
		const people = Array.from({ length: 12 }, (_, index) => `p${index}`);
		for (const userId of people) await service.leave(guildId, userId, 'tea', 'AFK');
		expect(mention({ mentionedIds: ['bea', ...people] }).map(({ userId }) => userId)).toEqual(people.slice(0, 10));
	});

	test('are nobody’s business before it is known who is away', async () => {
		const { service, mention } = await make({ loaded: false });
		expect(mention()).toEqual([]);
		expect(service.isBack(guildId, 'ana')).toBe(false);
	});

	test('are told by one process only', async () => {
		const { service, mention } = await make();
		await service.leave(guildId, 'ana', 'tea', 'AFK');
		const notices = mention();
		expect(await service.claimed('m1', notices)).toEqual(notices);
		expect(await service.claimed('m1', notices)).toEqual([]);
	});
});
