import { describeWithRedis } from '../support/redis.js';
import { twoProcesses } from '../support/twoProcesses.js';
import { accessStories } from './processes/access.js';
import { channelstateStories } from './processes/channelstate.js';
import { leaseStories } from './processes/leases.js';
import { moderationStories } from './processes/moderation.js';

/** Stories of all modules about a bot in two processes. The order spares starts: the first runs alone, then both, then the second is killed. */
describeWithRedis('two processes', () => {
	const pair = twoProcesses();
	moderationStories(pair);
	accessStories(pair);
	leaseStories(pair);
	channelstateStories(pair);
});
