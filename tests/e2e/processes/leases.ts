import { expect, test } from 'vitest';
import { openHouse } from '../../support/house.js';
import { half, type TwoProcesses } from '../../support/twoProcesses.js';

export function leaseStories(pair: TwoProcesses): void {
	test('run a shard each; a second one for the same shard is refused, may come when the first is ending, and takes over when it was killed', async () => {
		await pair.bothRun();
		const { first, second } = pair;
		expect((await second.readiness()).status).toBe(200);

		await using third = await openHouse({ redis: true, env: half(0), beside: first, start: false });
		const refused = await third.start({}, { ready: false });
		expect(await refused.exit).toEqual({ code: 1, signal: null });
		expect(refused.output).toContain('Another process runs shard 0');

		expect(await first.stop()).toBe(0);
		await third.start();
		// Only the owner of shard 0 speaks to Discord about commands.
		expect(third.output).toMatch(/Discord (knows|was told) our commands/);
		expect(second.output).not.toMatch(/Discord (knows|was told) our commands/);

		// Nobody gave the lease back: it runs out.
		await third.kill();
		await pair.bothRun();
		expect((await first.readiness()).status).toBe(200);
	});
}
