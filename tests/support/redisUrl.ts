/** The Redis that the setup of this run started or was given; only for tests inside `describeWithRedis`. */
export function redisUrl(): string {
	const url = process.env['TEST_REDIS_URL'];
	if (url === undefined) throw new Error('No Redis: this test belongs into describeWithRedis');
	return url;
}
