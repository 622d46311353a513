import { expect, onTestFinished, test, vi } from 'vitest';
import { ShardLeases } from '#lib/client/shardLeases.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { recordingLogger } from '../../support/recordingLogger.js';

const renewMs = 40;

function house() {
	const keyValue = memoryKeyValue({ logger: recordingLogger() });
	onTestFinished(() => keyValue.close());
	const process = (shards: number[]) => {
		const lost: StartFailure[] = [];
		const leases = new ShardLeases({
			keyValue,
			applicationId: '1',
			shards,
			log: { warn: () => undefined },
			onLost: (fault) => void lost.push(fault),
			renewMs
		});
		onTestFinished(() => leases.release());
		return { leases, lost };
	};
	return { keyValue, process };
}

test('each shard has one process', async () => {
	const { process } = house();
	await process([0, 1]).leases.take();
	await process([2]).leases.take();
	await expect(process([1]).leases.take()).rejects.toThrow(/Another process runs shard 1/);
});

test('a successor may start while the first is ending, and keeps the shard when that one is gone', async () => {
	const { process } = house();
	const first = process([0]);
	const second = process([0]);
	await first.leases.take();
	await first.leases.drain();
	await second.leases.take();
	await first.leases.release();
	await expect(process([0]).leases.take()).rejects.toBeInstanceOf(StartFailure);
	expect(first.lost).toEqual([]);
	expect(second.lost).toEqual([]);
});

test('the lease of a process that died runs out', async () => {
	const { keyValue, process } = house();
	await keyValue.set('shard-lease:1:0', { owner: 'dead', beat: 7, draining: false }, 100);
	await process([0]).leases.take();
	expect(await keyValue.get('shard-lease:1:0')).not.toMatchObject({ owner: 'dead' });
});

test('a process whose lease another one holds is told so', async () => {
	const { keyValue, process } = house();
	const { leases, lost } = process([0]);
	await leases.take();
	await keyValue.set('shard-lease:1:0', { owner: 'other', beat: 0, draining: false }, 10_000);
	await vi.waitFor(() => expect(lost[0]).toBeInstanceOf(StartFailure));
});
