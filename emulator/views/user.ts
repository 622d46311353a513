import type { JsonObject, Member, User } from '../state/types.js';

/** A user as others see him. */
export function userView(user: User): JsonObject {
	return {
		id: user.id,
		username: user.username,
		avatar: user.avatar,
		discriminator: user.discriminator,
		public_flags: user.public_flags,
		flags: user.flags,
		...(user.bot ? { bot: true } : {}),
		banner: user.banner,
		accent_color: user.accent_color,
		global_name: user.global_name,
		avatar_decoration_data: null,
		collectibles: null,
		display_name_styles: null,
		banner_color: null,
		clan: null,
		primary_guild: null
	};
}

/** The user as he is written inside messages and members. */
export function partialUserView(user: User): JsonObject {
	return {
		id: user.id,
		username: user.username,
		avatar: user.avatar,
		discriminator: user.discriminator,
		public_flags: user.public_flags,
		flags: user.flags,
		...(user.bot ? { bot: true } : {}),
		global_name: user.global_name,
		clan: null,
		primary_guild: null
	};
}

/** The user as he sees himself. */
export function selfView(user: User): JsonObject {
	return { ...userView(user), mfa_enabled: true, locale: 'en-US', premium_type: 0, email: null, verified: true, bio: '' };
}

/** A member without the user, as messages carry it. */
export function memberFields(member: Member): JsonObject {
	return {
		avatar: member.avatar,
		banner: member.banner,
		communication_disabled_until: member.communication_disabled_until,
		flags: member.flags,
		joined_at: member.joined_at,
		nick: member.nick,
		pending: member.pending,
		premium_since: member.premium_since,
		roles: member.roles,
		collectibles: null,
		display_name_styles: null,
		mute: member.mute,
		deaf: member.deaf
	};
}

/** A member with its user. */
export function memberView(member: Member): JsonObject {
	return { ...memberFields(member), user: partialUserView(member.user) };
}
