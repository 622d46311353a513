import { expect, test } from 'vitest';
import { type Bout, boutMs, nextBout, quietIn } from '#modules/restrictions/domain/bouts.js';
import { afterSetback, isPaused, mostSetbacks, pauseMs, type Setback } from '#modules/restrictions/domain/setbacks.js';

/** What is answered when the other one undoes it at these times. */
function answersAt(...times: readonly number[]) {
	let bout: Bout | undefined;
	return times.map((at) => {
		const next = nextBout(bout, at);
		bout = next.bout;
		return next.answer;
	});
}

test('three times within a minute it is done again, then we give up once and wait', () => {
	expect(answersAt(0, 1_000, 2_000, 3_000, 4_000, 5_000)).toEqual(['do', 'do', 'do', 'give-up', 'wait', 'wait']);
});

test('who does it slowly is answered each time', () => {
	expect(answersAt(0, 20_000, 40_000, 60_000, 80_000)).toEqual(['do', 'do', 'do', 'do', 'do']);
});

test('after a minute of quiet it begins anew; each further try makes the wait longer', () => {
	const over = 3_000 + 50_000;
	expect(answersAt(0, 1_000, 2_000, 3_000, over, over + boutMs - 1, over + 2 * boutMs)).toEqual([
		'do',
		'do',
		'do',
		'give-up',
		'wait',
		'wait',
		'do'
	]);
});

test('how long it has to be quiet yet', () => {
	expect(quietIn({ done: [1], waitingSince: null }, 5)).toBe(0);
	expect(quietIn({ done: [], waitingSince: 1_000 }, 1_000)).toBe(boutMs);
	expect(quietIn({ done: [], waitingSince: 1_000 }, 1_000 + boutMs)).toBe(0);
});

test('what is refused three times in a row rests, and is told once until it works again', () => {
	let setback: Setback | undefined;
	const told: boolean[] = [];
	for (let times = 0; times < 6; times++) {
		const next = afterSetback(setback, times * pauseMs);
		setback = next.setback;
		told.push(next.tell);
	}
	expect(told).toEqual([false, false, true, false, false, false]);
	const third = Array.from({ length: mostSetbacks }).reduce<Setback | undefined>((before) => afterSetback(before, 0).setback, undefined);
	expect(isPaused(third, pauseMs - 1)).toBe(true);
	expect(isPaused(third, pauseMs)).toBe(false);
	expect(isPaused(afterSetback(undefined, 0).setback, 0)).toBe(false);
	// Where nothing follows that could be tried again, the first refusal counts.
	expect(afterSetback(undefined, 0, 1)).toEqual({ setback: { times: 1, pausedUntil: pauseMs, told: true }, tell: true });
	// After the pause one try is enough for the next one.
	expect(isPaused(afterSetback(third, pauseMs).setback, pauseMs + 1)).toBe(true);
});
