import '@sapphire/plugin-i18next/register';
import '@sapphire/plugin-subcommands/register';
import { type ClientLoggerOptions, SapphireClient } from '@sapphire/framework';
import type { InternationalizationOptions } from '@sapphire/plugin-i18next';
import { ScheduledTaskStore } from '@sapphire/plugin-scheduled-tasks';
import { ActivityType, type ClientOptions, type PresenceData, SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import { type CacheSize, cachesOf, sweepers } from './caches.js';
import { intents, partials } from './intents.js';

export interface BotClientOptions {
	/** Where the store folders lie: the folder of the built main file. */
	readonly directory: string;
	readonly discord: { readonly api: string; readonly cdn: string };
	/** Null: as many as Discord recommends, all of them here. */
	readonly shards: readonly number[] | null;
	readonly shardCount: number | null;
	readonly mobileStatus: boolean;
	readonly cacheSize: CacheSize;
	readonly logger: ClientLoggerOptions;
	readonly i18n: InternationalizationOptions;
}

const presence: PresenceData = { status: 'online', activities: [{ name: ';help', type: ActivityType.Listening }] };

/** The client of the bot; nothing is connected before `login`. */
export function openClient(options: BotClientOptions): SapphireClient {
	const client = new SapphireClient({
		intents: [...intents],
		partials: [...partials],
		baseUserDirectory: options.directory,
		logger: options.logger,
		i18n: options.i18n,
		// Our own listeners render every error, and our own code registers commands.
		loadDefaultErrorListeners: false,
		loadSubcommandErrorListeners: false,
		loadMessageCommandListeners: true,
		loadApplicationCommandRegistriesStatusListeners: false,
		typing: false,
		allowedMentions: { parse: [], repliedUser: false },
		makeCache: cachesOf(options.cacheSize),
		sweepers,
		presence,
		rest: { api: options.discord.api, cdn: options.discord.cdn },
		ws: webSocket(options.mobileStatus),
		// A server that Discord cannot deliver does not hold up the start longer than this.
		waitGuildTimeout: 5000,
		...shardOptions(options),
		// Asked for by the types; the queue of the chores is opened by lib/timers once the database answers.
		tasks: { bull: { connection: {} } }
	});
	client.stores.register(new ScheduledTaskStore());
	return client;
}

function shardOptions({ shards, shardCount }: BotClientOptions): Pick<ClientOptions, 'shards' | 'shardCount'> {
	if (shards !== null && shardCount !== null) return { shards, shardCount };
	return shardCount === null ? { shards: 'auto' } : { shards: Array.from({ length: shardCount }, (_, shard) => shard), shardCount };
}

/** Discord shows a phone beside the bot's name when it introduces itself as the mobile application. */
function webSocket(mobile: boolean): WebSocketOptions {
	if (!mobile) return {};
	return {
		buildStrategy(manager) {
			manager.options.identifyProperties = { os: 'iOS', browser: 'Discord iOS', device: 'iPhone' };
			return new SimpleShardingStrategy(manager);
		}
	};
}
