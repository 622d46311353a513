import type { ChannelReferences } from '#lib/settings/channelReferences.js';
import { configSlot } from './repository/config.js';
import { ordersFollow } from './repository/orders.js';
import type { ModerationSetup } from './service/setup.js';

/** Where cases are shown and people are jailed; and the channels that cases are about. */
export function moderationInChannels(
	references: Pick<ChannelReferences, 'register'>,
	setup: Pick<ModerationSetup, 'onChannelDeleted'>
): void {
	references.register({
		module: 'moderation',
		table: 'mod_config',
		rows: (tx) => tx.moderationConfig,
		fields: [
			{ field: 'logChannelId', describe: 'moderation:channels.log' },
			{ field: 'jailChannelId', describe: 'moderation:channels.jail' },
			{ field: 'jailCategoryId' }
		],
		slot: configSlot,
		forget: ({ guildId, channelId, botId }) => setup.onChannelDeleted({ guildId, actorId: botId }, channelId)
	});
	references.register({
		module: 'moderation',
		table: 'mod_case',
		rows: (tx) => tx.moderationCase,
		// A case whose message is gone gets another one where cases are shown, once there is something new to say.
		fields: [{ field: 'channelId' }, { field: 'logChannelId', clears: ['logMessageId'] }],
		also: ordersFollow
	});
	references.register({
		module: 'moderation',
		table: 'jail_setup',
		rows: (tx) => tx.jailSetup,
		fields: [{ field: 'logChannelId' }, { field: 'oldChannelId' }, { field: 'oldCategoryId' }, { field: 'oldLogChannelId' }]
	});
}
