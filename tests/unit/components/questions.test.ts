import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Questions } from '#lib/components/questions.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asked = { userId: 'ana', channelId: 'c1', module: 'afk', answers: ['yes', 'no'] };

function ask(questions = new Questions()) {
	const { nonce, answer } = questions.ask(asked);
	const press = (change: object = {}) => questions.press({ nonce, userId: 'ana', channelId: 'c1', answer: 'yes', ...change });
	return { questions, nonce, answer, press };
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
	const { questions, nonce, answer, press } = ask();
	expect(press({ channelId: 'c2' })).toEqual({ ok: false, code: 'expired' });
	expect(press({ nonce: `${nonce}x` })).toEqual({ ok: false, code: 'expired' });
	questions.drop(nonce);
	await expect(answer).resolves.toBeNull();
});

test('after 60 seconds it is too late', async () => {
	const { answer, press } = ask();
	vi.advanceTimersByTime(59_999);
	const settled = vi.fn();
	void answer.then(settled);
	await Promise.resolve();
	expect(settled).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	await expect(answer).resolves.toBeNull();
	expect(press()).toEqual({ ok: false, code: 'expired' });
});

test('after a restart the old buttons have expired', () => {
	const { nonce } = ask();
	expect(new Questions().press({ nonce, userId: 'ana', channelId: 'c1', answer: 'yes' })).toEqual({ ok: false, code: 'expired' });
});

test('too many open questions push out the oldest, which then counts as too late', async () => {
	const { answer, press } = ask(new Questions(60_000, 1));
	const few = new Questions(60_000, 1);
	const oldest = few.ask(asked);
	few.ask(asked);
	await expect(oldest.answer).resolves.toBeNull();
	press();
	await expect(answer).resolves.toBe('yes');
});

test('the shutdown answers everything, and no timer is left', async () => {
	const { questions, answer } = ask();
	questions.close();
	await expect(answer).resolves.toBeNull();
	expect(vi.getTimerCount()).toBe(0);
});

test('no two questions have one nonce', () => {
	const questions = new Questions();
	const nonces = Array.from({ length: 500 }, () => questions.ask(asked).nonce);
	expect(new Set(nonces).size).toBe(500);
	questions.close();
});
