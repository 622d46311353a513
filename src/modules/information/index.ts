import type { Infrastructure } from '#lib/infrastructure.js';
import { version } from '../../version.js';
import { ShardBoard } from './shardBoard.js';

export interface InformationService {
	readonly shards: ShardBoard;
	/** When this process began, in milliseconds since 1970. */
	readonly startedAt: number;
	readonly version: string;
	readonly supportServer: string | null;
}

/** Who the bot is and how its shards are. */
export function informationModule({ keyValue, clock, config }: Infrastructure): InformationService {
	return {
		shards: new ShardBoard(keyValue),
		startedAt: clock.now(),
		version,
		supportServer: config.supportServer
	};
}
