import { afterEach, expect, test, vi } from 'vitest';
import { EmulatorClock } from '#lib/data/emulatorClock.js';
import { startEmulator } from '../../../emulator/emulator.js';

const hour = 3_600_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

async function open(port = 0) {
	const emulator = await startEmulator({ port });
	closing.push(() => emulator.close());
	return emulator;
}

async function follow(port: number) {
	const clock = new EmulatorClock(`http://127.0.0.1:${port}/_emulator/clock`);
	closing.push(() => clock.stop());
	await clock.start();
	return clock;
}

const ahead = (clock: EmulatorClock) => Math.round((clock.now() - Date.now()) / hour);

test('it has the emulator’s time from the start, and is told when that is moved', async () => {
	const emulator = await open();
	emulator.discord.world.clock.advance(2 * hour);
	const clock = await follow(emulator.port);
	expect(ahead(clock)).toBe(2);
	const jumped = new Promise<void>((resolve) => void clock.onJump(resolve));
	emulator.discord.world.clock.advance(3 * hour);
	await jumped;
	expect(ahead(clock)).toBe(5);
});

test('who moves the time is answered when everybody has it, and does not wait for who is gone', async () => {
	const emulator = await open();
	const move = async () => {
		const headers = { 'content-type': 'application/json' };
		const body = JSON.stringify({ advance: hour });
		const answer = await fetch(`http://127.0.0.1:${emulator.port}/_emulator/clock`, { method: 'POST', body, headers });
		expect(answer.status).toBe(200);
	};
	const clocks = [await follow(emulator.port), await follow(emulator.port)];
	await move();
	await vi.waitFor(() => expect(clocks.map(ahead)).toEqual([1, 1]));
	for (let hours = 2; hours <= 20; hours++) {
		await move();
		expect(clocks.map(ahead)).toEqual([hours, hours]);
	}
	await clocks[0]?.stop();
	await move();
	expect(clocks.map(ahead)).toEqual([20, 21]);
});

test('it finds an emulator that was started again', async () => {
	const first = await open();
	const clock = await follow(first.port);
	await closing.shift()?.();
	const second = await open(first.port);
	second.discord.world.clock.advance(7 * hour);
	await vi.waitFor(() => expect(ahead(clock)).toBe(7), { timeout: 20_000 });
});

test('without an emulator the start fails', async () => {
	await expect(new EmulatorClock('http://127.0.0.1:1/_emulator/clock').start()).rejects.toThrow();
});
