import { expect, test } from 'vitest';
import { openHouse } from '../support/house.js';

test('no secret of the configuration reaches the output, whatever goes wrong', async () => {
	const canaries = {
		database: 'canary-database-7d1f',
		redis: 'canary-redis-90ab',
		proxy: 'canary-proxy-55e1',
		rival: 'canary-rival-key-3c2d',
		bucket: 'canary/bucket-41c8'
	};
	await using house = await openHouse({
		start: false,
		env: {
			LOG_LEVEL: 'trace',
			REDIS_URL: `redis://:${canaries.redis}@127.0.0.1:9`,
			PROXIES: `http://evict:${canaries.proxy}@127.0.0.1:9`,
			rival_api: canaries.rival,
			BLOB_URL: `http://key:${encodeURIComponent(canaries.bucket)}@127.0.0.1:9/files`
		}
	});
	const { home } = house.discord;
	await house.start({}, { ready: false });
	await house.bot?.said(/Discord was told our commands/);
	await house.bot?.said(/✗ files +bucket files at 127\.0\.0\.1:9 does not answer/);
	await home.owner.connect();
	await home.owner.send(home.channel('general'), ';ping');
	await home.owner.expectMessage(home.channel('general'), (message) => /Pong/.test(JSON.stringify(message)));
	await home.owner.slash(home.channel('general'), 'ping');
	// An error of the interface, with the interaction's or webhook's token in its address.
	await house.discord.faults.rest('status', { path: 'callback', status: 500, times: 3 });
	await home.owner.slash(home.channel('general'), 'ping').catch(() => undefined);
	await house.stop();

	const url = new URL(house.database.url);
	url.password = canaries.database;
	await (
		await house.start({ DATABASE_URL: url.href, DATABASE_POOL: 'many', BLOB_URL: `https://key:${canaries.bucket}@host` }, { ready: false })
	).exit;
	url.port = '9';
	await house.start({ DATABASE_URL: url.href }, { ready: false });
	await house.bot?.said(/The shard is connected/);
	await house.stop();

	const token = house.discord.description.botToken;
	for (const secret of [...Object.values(canaries), encodeURIComponent(canaries.bucket), token]) expect(house.output).not.toContain(secret);
	expect(house.output).not.toMatch(/\/(webhooks|interactions)\/\d+\/[\w-]{16,}/);
});
