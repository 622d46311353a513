import type { Clock } from '#lib/core/clock.js';
import type { Database } from '#lib/data/database.js';
import type { ChannelMove, ChannelReferences, ChannelUse } from '#lib/settings/channelReferences.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';

export interface NukeRepository {
	uses(guildId: string, channelId: string): Promise<readonly ChannelUse[]>;
	/** Everything that the bot keeps, in one transaction. */
	follow(move: ChannelMove): Promise<void>;
}

export function nukeRepository(
	{ prisma }: Pick<Database, 'prisma'>,
	hub: Pick<SettingsHub, 'writeAll'>,
	references: Pick<ChannelReferences, 'usesOf' | 'repoint'>,
	clock: Pick<Clock, 'now'>
): NukeRepository {
	return {
		uses: (guildId, channelId) => references.usesOf(prisma, guildId, channelId),
		follow: (move) =>
			hub.writeAll(async (tx, change) => {
				await lockGuild(tx, move.guildId, clock.now());
				await references.repoint(tx, move, change);
			})
	};
}
