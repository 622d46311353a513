import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';

const missing = process.env['TEST_REDIS_URL'] === undefined;

/** Tests that need a Redis; where no redis-server is found they are listed by name at the end of the run. */
export const describeWithRedis: typeof describe.only = describe.skipIf(missing);

/** A prefix for keys that nobody else has. */
export function randomPrefix(): string {
	return `evict_test_${randomBytes(6).toString('hex')}:`;
}
