import type { JsonObject } from '../state/types.js';
import { type Invite, isoTime, type World } from '../state/world.js';
import { partialUserView } from './user.js';

/** An invite; `withMetadata` for those who manage it. https://discord.com/developers/docs/resources/invite#invite-object */
export function inviteView(world: World, invite: Invite, withMetadata: boolean): JsonObject {
	const guild = world.guilds.get(invite.guildId);
	const channel = world.channels.get(invite.channelId);
	const inviter = world.users.get(invite.inviterId ?? '');
	const { code, uses, maxUses, maxAge, temporary, createdAt } = invite;
	const metadata = { uses, max_uses: maxUses, max_age: maxAge, temporary, created_at: isoTime(createdAt) };
	return {
		type: 0,
		code,
		...(inviter === undefined ? {} : { inviter: partialUserView(inviter) }),
		expires_at: maxAge === 0 ? null : isoTime(createdAt + maxAge * 1000),
		guild_id: invite.guildId,
		guild: {
			id: invite.guildId,
			name: guild?.name ?? '',
			splash: guild?.splash ?? null,
			banner: guild?.banner ?? null,
			description: guild?.description ?? null,
			icon: guild?.icon ?? null,
			features: guild?.features ?? [],
			verification_level: guild?.verificationLevel ?? 0,
			vanity_url_code: guild?.vanityCode ?? null,
			nsfw_level: guild?.nsfwLevel ?? 0,
			nsfw: false,
			premium_subscription_count: guild?.boosts ?? 0
		},
		channel: { id: invite.channelId, type: channel?.type ?? 0, name: channel?.name ?? null },
		...(withMetadata ? metadata : {})
	};
}
