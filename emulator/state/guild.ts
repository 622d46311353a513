import type { Channel } from './channel.js';
import type { Emoji, JsonObject, Member, Role, Snowflake, VoiceState } from './types.js';

export interface Ban {
	userId: Snowflake;
	reason: string | null;
}

export interface AuditEntry extends JsonObject {
	id: Snowflake;
	user_id: Snowflake | null;
	target_id: Snowflake | null;
	action_type: number;
}

/** Who may run a command here, as the owner set it. */
export interface CommandPermission {
	id: Snowflake;
	type: 1 | 2 | 3;
	permission: boolean;
}

/** A server with everything in it. */
export class Guild {
	icon: string | null = null;
	banner: string | null = null;
	splash: string | null = null;
	discoverySplash: string | null = null;
	description: string | null = null;
	features: string[] = [];
	verificationLevel = 0;
	defaultMessageNotifications = 0;
	explicitContentFilter = 0;
	mfaLevel = 0;
	nsfwLevel = 0;
	afkChannelId: Snowflake | null = null;
	afkTimeout = 300;
	systemChannelId: Snowflake | null = null;
	systemChannelFlags = 0;
	rulesChannelId: Snowflake | null = null;
	publicUpdatesChannelId: Snowflake | null = null;
	safetyAlertsChannelId: Snowflake | null = null;
	widgetEnabled = false;
	widgetChannelId: Snowflake | null = null;
	premiumTier = 0;
	boosts = 0;
	premiumProgressBar = false;
	preferredLocale = 'en-US';
	/** As the API shows it; null until somebody set it. */
	onboarding: JsonObject | null = null;
	vanityCode: string | null = null;
	vanityUses = 0;
	incidents: JsonObject | null = null;
	/** True while an outage hides this guild from its members. */
	unavailable = false;
	readonly roles = new Map<Snowflake, Role>();
	/** Channels and categories, without threads. */
	readonly channels = new Map<Snowflake, Channel>();
	readonly threads = new Map<Snowflake, Channel>();
	readonly emojis = new Map<Snowflake, Emoji>();
	readonly stickers = new Map<Snowflake, JsonObject>();
	readonly bans = new Map<Snowflake, Ban>();
	readonly voiceStates = new Map<Snowflake, VoiceState>();
	/** Who came by a temporary invite and has been here since. */
	readonly temporaryMembers = new Set<Snowflake>();
	readonly presences = new Map<Snowflake, JsonObject>();
	readonly auditLog: AuditEntry[] = [];
	readonly autoModRules = new Map<Snowflake, JsonObject>();
	readonly scheduledEvents = new Map<Snowflake, JsonObject>();
	/** Live stages, by channel. */
	readonly stageInstances = new Map<Snowflake, JsonObject>();
	readonly commandPermissions = new Map<Snowflake, CommandPermission[]>();
	/** Moves with everything that can change a permission. */
	revision = 0;

	constructor(
		readonly id: Snowflake,
		public name: string,
		public ownerId: Snowflake,
		readonly members: Map<Snowflake, Member> = new Map()
	) {}

	/** The role that everybody has; its id is the guild's. */
	get everyone(): Role {
		const role = this.roles.get(this.id);
		if (role === undefined) throw new Error(`Guild ${this.id} has no @everyone role`);
		return role;
	}
}
