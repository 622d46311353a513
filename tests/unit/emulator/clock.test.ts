import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '../../../emulator/state/clock.js';

let clock: Clock;

beforeEach(() => {
	vi.useFakeTimers({ now: 1_000_000 });
	clock = new Clock();
});

afterEach(() => {
	clock.stop();
	vi.useRealTimers();
});

test('an alarm rings when the time has passed by itself, once', () => {
	const ring = vi.fn();
	clock.after(3_000, ring);
	vi.advanceTimersByTime(2_999);
	expect(ring).not.toHaveBeenCalled();
	vi.advanceTimersByTime(10_000);
	expect(ring).toHaveBeenCalledTimes(1);
});

test('advancing rings what became due, in the order of its time, and leaves the rest', () => {
	const rung: string[] = [];
	clock.after(2_000, () => rung.push('second'));
	clock.after(1_000, () => rung.push('first'));
	clock.after(9_000, () => rung.push('later'));
	clock.advance(5_000);
	expect(rung).toEqual(['first', 'second']);
	clock.advance(4_000);
	expect(rung).toEqual(['first', 'second', 'later']);
});

test('a cancelled alarm never rings, even when one that rings before it cancels it', () => {
	const ring = vi.fn();
	const cancel = clock.after(2_000, ring);
	clock.after(1_000, cancel);
	clock.advance(5_000);
	expect(ring).not.toHaveBeenCalled();
});

test('alarms further away than a timer can wait still ring at their time', () => {
	const ring = vi.fn();
	const days = 40 * 24 * 60 * 60_000;
	clock.after(days, ring);
	vi.advanceTimersByTime(days - 1);
	expect(ring).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(ring).toHaveBeenCalledTimes(1);
});

test('listeners hear every change with a growing revision, until they stop', () => {
	const heard: number[] = [];
	const stop = clock.onChange(({ offset, revision }) => heard.push(revision * 1_000_000 + offset));
	clock.advance(10);
	clock.set(1_000_500);
	stop();
	clock.advance(10);
	expect(heard).toEqual([1_000_010, 2_000_500]);
	expect(clock.now()).toBe(1_000_510);
});

test('time can be set back; what is due rings only when it is reached again', () => {
	const ring = vi.fn();
	clock.after(1_000, ring);
	clock.advance(-5_000);
	clock.advance(5_500);
	expect(ring).not.toHaveBeenCalled();
	clock.advance(500);
	expect(ring).toHaveBeenCalledTimes(1);
});
