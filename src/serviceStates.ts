import type { ServiceState } from '#lib/observability/startTable.js';
import type { Config } from './config.js';
import type { Foundation } from './foundation.js';

/** What the bot stands on and what it could use, for the table at the start. */
export async function serviceStates(
	config: Config,
	{ blobs, database, keyValue, storage }: Pick<Foundation, 'blobs' | 'database' | 'keyValue' | 'storage'>
): Promise<ServiceState[]> {
	const { host, port, database: name } = storage.connection;
	const where = storage.server === null ? `PostgreSQL ${name} at ${host}:${port}` : `embedded PostgreSQL on port ${port}`;
	const optional = (service: string, value: string | null, without: string): ServiceState => ({
		name: service,
		ok: value !== null,
		detail: value ?? without
	});
	return [
		{ name: 'database', ok: database.state === 'up', detail: database.state === 'up' ? where : `${where} is away: looking for it` },
		cacheState(config, keyValue),
		{ name: 'files', ...(await blobs.state()) },
		optional('proxies', config.proxies.length === 0 ? null : `${config.proxies.length}`, 'PROXIES is not set'),
		optional('own pages', config.evictApi, 'EVICT_API is not set'),
		optional('rival api', config.rivalApi === null ? null : 'a key is set', 'RIVAL_API is not set'),
		optional('command list', config.commandsUrl, 'COMMANDS_URL is not set'),
		optional('support server', config.supportServer, 'SUPPORT_SERVER is not set'),
		optional('music', null, 'Lavalink is not used yet')
	];
}

function cacheState({ redisUrl }: Config, keyValue: Foundation['keyValue']): ServiceState {
	if (redisUrl === null) return { name: 'cache', ok: true, detail: "this process' memory (REDIS_URL is not set)" };
	const { host } = new URL(redisUrl.reveal());
	return {
		name: 'cache',
		ok: keyValue.healthy,
		detail: keyValue.healthy ? `Redis at ${host}` : `Redis at ${host} is away: looking for it`
	};
}
