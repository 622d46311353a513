/** The Redis that the setup of this run started or was given. Tests that ask for it lie in `describeWithRedis`. */
export function redisUrl(): string {
	const url = process.env['TEST_REDIS_URL'];
	if (url === undefined) throw new Error('No redis-server was found, and TEST_REDIS_URL is not set');
	return url;
}
