import { describe, expect, test } from 'vitest';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { isRecorded, orderOfEntry } from '../../../src/modules/moderation/domain/byHand.js';
import { LogHealth } from '../../../src/modules/moderation/service/logHealth.js';
import { changesNothing, settingChange } from '../../../src/modules/moderation/service/settingChange.js';
import { defaultSettings } from '../../../src/modules/moderation/settings.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';

describe('what somebody types for a setting', () => {
	const told = ['ban', 'warn'];

	test.each([
		['require-reason', 'on', { requireReason: true }],
		['require-reason', ' No ', { requireReason: false }],
		['confirm-ban', 'enable', { confirmBan: true }],
		['mute-length', '1h30m', { defaultMuteSeconds: 5_400 }],
		['mute-length', '60d', { defaultMuteSeconds: 5_184_000 }],
		['delete-days', '0', { deleteMessageSeconds: 0 }],
		['delete-days', '7', { deleteMessageSeconds: 604_800 }],
		['external', 'No-Roles', { externalCases: 'no-roles' }],
		['dm', 'ban off', { dmActions: ['softban', 'kick', 'mute', 'warn', 'jail'] }],
		['dm', 'WARN Be kind.\nPlease.', { dmTexts: { warn: 'Be kind.\nPlease.' } }],
		['dm', 'warn default', { dmTexts: {} }]
	] as const)('%s %s', (key, typed, expected) => {
		const change = settingChange(key, typed, told);
		expect(change.ok && change.value(defaultSettings)).toMatchObject(expected);
	});

	test.each([
		['require-reason', 'maybe', 'not-on-off'],
		['mute-length', '30s', 'not-mute-length'],
		['mute-length', '1h tea', 'not-mute-length'],
		['mute-length', '6y', 'not-mute-length'],
		['delete-days', '8', 'not-days'],
		['delete-days', '-1', 'not-days'],
		['external', 'some', 'not-external'],
		['dm', 'knit on', 'dm-what'],
		['dm', '', 'dm-what'],
		['dm', 'ban', 'dm-value'],
		['dm', `ban ${'x'.repeat(1_001)}`, 'dm-too-long']
	] as const)('%s %s is refused', (key, typed, code) => {
		expect(settingChange(key, typed, told)).toMatchObject({ ok: false, code });
	});

	test('the order of a list is no change', () => {
		expect(changesNothing(defaultSettings, { dmActions: [...defaultSettings.dmActions].reverse() })).toBe(true);
		expect(changesNothing(defaultSettings, { dmActions: ['ban'] })).toBe(false);
	});
});

describe('the health of a log channel', () => {
	const make = () => {
		const clock = new FakeClock();
		return { clock, health: new LogHealth(memoryKeyValue({ logger: recordingLogger() }), clock) };
	};

	test('three refusals in a row pause it for an hour, and one moderator is told', async () => {
		const { clock, health } = make();
		await health.refused('1');
		await health.refused('1');
		expect(await health.pausedUntil('1')).toBeNull();
		expect(await health.takeNotice('1')).toBe(false);
		await health.refused('1');
		expect(await health.pausedUntil('1')).toBe(clock.now() + 3_600_000);
		expect([await health.takeNotice('1'), await health.takeNotice('1')]).toEqual([true, false]);
		expect(await health.pausedUntil('2')).toBeNull();
		clock.advance(3_600_000);
		expect(await health.pausedUntil('1')).toBeNull();
	});

	test('what works in between starts the count anew', async () => {
		const { health } = make();
		await health.refused('1');
		await health.refused('1');
		await health.worked('1');
		await health.refused('1');
		expect(await health.pausedUntil('1')).toBeNull();
	});
});

describe('what is done by hand', () => {
	const entry = { id: '5', guildId: '1', executorId: '2', targetId: '3', reason: 'why', at: 1_000 };

	test.each([
		[{ kind: 'ban' }, { type: 'ban', durationMs: null }],
		[
			{ kind: 'time-out', until: 61_000 },
			{ type: 'mute', durationMs: 60_000 }
		],
		[
			{ kind: 'time-out', until: null },
			{ type: 'unmute', durationMs: null }
		],
		[
			{ kind: 'time-out', until: 1_000 },
			{ type: 'unmute', durationMs: null }
		],
		[
			{ kind: 'roles', added: ['7'], removed: [] },
			{ type: 'roles', details: { added: ['7'], removed: [] } }
		]
	] as const)('%o is the same as an order', (deed, expected) => {
		expect(orderOfEntry({ ...entry, deed })).toMatchObject({ key: 'audit-5', actorId: '2', targetId: '3', reason: 'why', ...expected });
	});

	test.each([
		['all', 'roles', true],
		['no-roles', 'roles', false],
		['no-roles', 'kick', true],
		['none', 'ban', false]
	] as const)('with "%s", %s is recorded: %s', (wanted, kind, expected) => {
		const deed = kind === 'roles' ? { kind, added: [], removed: [] } : { kind };
		expect(isRecorded({ ...entry, deed }, wanted)).toBe(expected);
		expect(isRecorded({ ...entry, executorId: '3', deed }, wanted)).toBe(false);
	});
});
