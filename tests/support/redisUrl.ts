/** The Redis of the tests: started by the servers' setup, or the one that `TEST_REDIS_URL` names. */
export function redisUrl(): string {
	return process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
}
