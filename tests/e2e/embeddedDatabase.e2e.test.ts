import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { processesIn } from '#lib/data/embedded/postmaster.js';
import type { SeenMessage } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { openHouse } from '../support/house.js';
import { killServer } from '../support/killServer.js';

vi.setConfig({ testTimeout: 240_000 });

test('with the database that comes along: kill -9 of everything, and the reminder comes once', async () => {
	const parent = await mkdtemp(join(tmpdir(), 'evict_test_'));
	// The server does not run as root; its own user must get through.
	await chmod(parent, 0o755);
	const folder = join(parent, 'data', 'postgres');
	const killDatabase = async (): Promise<void> => {
		await killServer(folder);
		await eventually('the database is gone', async () => (await processesIn(folder)).length === 0);
	};
	onTestFinished(async () => {
		await killDatabase();
		await rm(parent, { recursive: true, force: true });
	});
	// Each start makes sure first that the server's files are on the disk, which others write on too.
	await using house = await openHouse({ env: { DATABASE_URL: undefined, DATABASE_FOLDER: folder }, readyWithinMs: 60_000 });
	const { home } = house.discord;
	const general = home.channel('general');
	await home.owner.send(general, ';remind 5m tea');
	await home.owner.expectMessage(general, (message) => message.text.includes('I will remind you'));

	await house.kill();
	await killDatabase();
	await house.passTime({ hours: 1 });
	await house.start();
	const reminder = await home.owner.expectMessage(general, (message) => message.content.includes('⏰'), 15_000);
	expect(reminder.content).toContain('late');

	await house.kill();
	await house.start();
	// Killed before it was marked as delivered, it is taken up again when its lease has ended: Discord knows the message already.
	const isOver = async () => {
		const asked = await home.owner.send(general, ';reminder list');
		// Who asks too often is answered once, and then no more for a while.
		const isAnswer = (message: SeenMessage) => message.isBot && BigInt(message.id) > BigInt(asked.id);
		const answer = await home.owner.expectMessage(general, isAnswer, 3_000).catch(() => null);
		return answer?.text.includes('no reminders') === true;
	};
	await eventually('nothing is to come', isOver, 30_000);
	expect((await home.owner.messages(general)).filter(({ content }) => content.includes('⏰'))).toHaveLength(1);
	// The server was started by the process that is ending, or found by it: it goes with it.
	expect(await house.stop()).toBe(0);
	expect(await processesIn(folder)).toEqual([]);
});
