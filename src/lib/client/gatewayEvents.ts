import { type Client, type CloseEvent, Events } from 'discord.js';
import type { Logger } from '#lib/observability/logger.js';
import type { Shutdown } from '#lib/shutdown/shutdown.js';
import { fatalCloseSentence } from './loginFault.js';

/**
 * Logs what happens to the connections to Discord. `onFatal` is told, in one sentence, when Discord closed one in a way that
 * trying again cannot mend.
 */
export function watchGateway(
	client: Client,
	{ logger, shutdown }: { logger: Logger; shutdown: Shutdown },
	onFatal: (sentence: string) => void
): void {
	client.on(Events.ShardReady, (shard) => logger.info({ shard }, 'The shard is connected'));
	client.on(Events.ShardResume, (shard, replayed) => logger.info({ shard, replayed }, 'The shard is connected again'));
	// What comes while everything is being closed is no news.
	client.on(Events.ShardReconnecting, (shard) => {
		if (!shutdown.started) logger.warn({ shard }, 'The shard lost its connection and tries again');
	});
	client.on(Events.ShardError, (error, shard) => {
		if (!shutdown.started) logger.warn({ err: error, shard }, 'The connection of the shard has trouble');
	});
	client.on(Events.ShardDisconnect, ({ code }: Pick<CloseEvent, 'code'>, shard) => {
		logger.warn({ shard, code }, 'Discord closed the connection for good');
		const sentence = fatalCloseSentence(code);
		if (sentence !== null) onFatal(sentence);
	});
	client.on(Events.Invalidated, () => onFatal('Discord has ended the session of the bot: its token may have been reset.'));
	client.on(Events.Error, (error) => logger.error({ err: error }, 'The client has trouble'));
	client.on(Events.Warn, (warning) => logger.warn(warning));
	if (logger.isLevelEnabled('trace')) client.on(Events.Debug, (text) => logger.trace(text));
}
