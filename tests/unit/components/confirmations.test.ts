import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Confirmations } from '#lib/components/confirm/confirmations.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asked = { userId: 'ana', channelId: 'c1', module: 'afk' };

function ask(confirmations = new Confirmations()) {
	const { nonce, answer } = confirmations.ask(asked);
	const press = (change: object = {}) => confirmations.press({ nonce, userId: 'ana', channelId: 'c1', answer: 'yes', ...change });
	return { confirmations, nonce, answer, press };
}

test('the press of the one who was asked is the answer', async () => {
	const { answer, press } = ask();
	expect(press()).toMatchObject({ ok: true });
	await expect(answer).resolves.toBe('yes');
});

test('of two presses at once one counts', async () => {
	const { answer, press } = ask();
	const presses = [press(), press({ answer: 'no' }), press()];
	expect(presses.map(({ ok }) => ok)).toEqual([true, false, false]);
	expect(presses[1]).toEqual({ ok: false, code: 'expired' });
	await expect(answer).resolves.toBe('yes');
});

test('somebody else changes nothing', async () => {
	const { answer, press } = ask();
	expect(press({ userId: 'bob' })).toEqual({ ok: false, code: 'not-yours' });
	expect(press({ answer: 'no' })).toMatchObject({ ok: true });
	await expect(answer).resolves.toBe('no');
});

test('an id that was copied to another channel, or forged, has no effect', async () => {
	const { confirmations, nonce, answer, press } = ask();
	expect(press({ channelId: 'c2' })).toEqual({ ok: false, code: 'expired' });
	expect(press({ nonce: `${nonce}x` })).toEqual({ ok: false, code: 'expired' });
	confirmations.drop(nonce);
	await expect(answer).resolves.toBe('late');
});

test('after 60 seconds it is too late', async () => {
	const { answer, press } = ask();
	vi.advanceTimersByTime(59_999);
	const settled = vi.fn();
	void answer.then(settled);
	await Promise.resolve();
	expect(settled).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	await expect(answer).resolves.toBe('late');
	expect(press()).toEqual({ ok: false, code: 'expired' });
});

test('after a restart the old buttons have expired', () => {
	const { nonce } = ask();
	expect(new Confirmations().press({ nonce, userId: 'ana', channelId: 'c1', answer: 'yes' })).toEqual({ ok: false, code: 'expired' });
});

test('too many open questions push out the oldest, which then counts as too late', async () => {
	const { answer, press } = ask(new Confirmations(60_000, 1));
	const few = new Confirmations(60_000, 1);
	const oldest = few.ask(asked);
	few.ask(asked);
	await expect(oldest.answer).resolves.toBe('late');
	press();
	await expect(answer).resolves.toBe('yes');
});

test('the shutdown answers everything, and no timer is left', async () => {
	const { confirmations, answer } = ask();
	confirmations.close();
	await expect(answer).resolves.toBe('late');
	expect(vi.getTimerCount()).toBe(0);
});

test('no two questions have one nonce', () => {
	const confirmations = new Confirmations();
	const nonces = Array.from({ length: 500 }, () => confirmations.ask(asked).nonce);
	expect(new Set(nonces).size).toBe(500);
	confirmations.close();
});
