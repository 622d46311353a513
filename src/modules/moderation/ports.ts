import type { SentenceValues } from '#lib/core/outcome.js';
import type { Standing } from '#lib/core/standing.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Action } from './action.js';
import type { Case } from './domain/case.js';
import type { Evidence } from './domain/file.js';
import type { JailChannel, Overwrite, Seen } from './domain/jailThings.js';
import type { NukedChannel, Place, ServerUse } from './domain/nuke.js';
import type { Order, SentMessage } from './domain/order.js';
import type { ServerRoles } from './domain/roles.js';
import type { Situation } from './domain/situation.js';
import type { ModerationSettings } from './settings.js';

/** The language of a server, where many read; of a person in it, where he reads alone. */
export type Speak = (guildId: string, userId?: string) => { readonly t: Translate; readonly locale: string };

/** What became of the message to the target. `off`: the server does not want one. */
export type Told = 'sent' | 'closed' | 'off';

/** Discord as moderation reads it. */
export interface SituationReader {
	/** Null when the bot is not in that server, or Discord cannot deliver it. Reads roles as they are now. */
	read(request: {
		readonly guildId: string;
		readonly actorId: string | null;
		readonly targetId: string | null;
		/** Discord is asked when memory does not know whether the target is in a voice channel. */
		readonly voice?: boolean;
	}): Promise<Situation | null>;
}

/** The same for many people at once. */
export interface CrowdReader {
	/** Answers what there is to know about each. Who is not in the server is known by his id alone. */
	readMany(request: {
		readonly guildId: string;
		readonly actorId: string | null;
		readonly targetIds: readonly string[];
	}): Promise<((targetId: string) => Situation) | null>;
}

/** The roles of a server as they are now. */
export type RoleReader = (guildId: string) => Promise<ServerRoles>;

/** Who may not speak in a server. */
export interface MutedList {
	/** `until` in milliseconds since 1970; null for a case without an end. */
	readonly people: readonly { readonly id: string; readonly until: number | null }[];
	/** False: only those with a case, since the server has too many members to look at all. */
	readonly complete: boolean;
}

/** What moderation does in Discord. Each bears being done twice; `reason` is for the audit log. */
export interface ModerationDiscord {
	isBanned(guildId: string, userId: string): Promise<boolean>;
	/** The ban of somebody, with what was given as its reason; null when there is none. */
	findBan(guildId: string, userId: string): Promise<{ readonly reason: string | null } | null>;
	/** Every ban of the server. */
	allBans(guildId: string): Promise<readonly string[]>;
	/** At most 200 at once; answers those that Discord says it has banned now. */
	bulkBan(guildId: string, userIds: readonly string[], deleteMessageSeconds: number, reason: string): Promise<ReadonlySet<string>>;
	ban(guildId: string, userId: string, deleteMessageSeconds: number, reason: string): Promise<void>;
	unban(guildId: string, userId: string, reason: string): Promise<void>;
	kick(guildId: string, userId: string, reason: string): Promise<void>;
	/** `until` in milliseconds since 1970; null lifts it. Discord: at most 28 days ahead. */
	timeOut(guildId: string, userId: string, until: number | null, reason: string): Promise<void>;
	/** Exactly these roles, beside those that Discord manages itself. */
	setRoles(guildId: string, userId: string, roleIds: readonly string[], reason: string): Promise<void>;
	/** Roles, and a nickname unless it is null, in one request: all of it or nothing. */
	setMember(
		guildId: string,
		userId: string,
		change: { readonly roleIds: readonly string[]; readonly nickname: string | null },
		reason: string
	): Promise<void>;
	addRole(guildId: string, userId: string, roleId: string, reason: string): Promise<void>;
	removeRole(guildId: string, userId: string, roleId: string, reason: string): Promise<void>;
	setVoice(
		guildId: string,
		userId: string,
		change: { readonly mute?: boolean; readonly deaf?: boolean; readonly channelId?: string | null },
		reason: string
	): Promise<void>;
	/** Null clears it. */
	setNickname(guildId: string, userId: string, nickname: string | null, reason: string): Promise<void>;
}

/** What the jail does in Discord besides. */
export interface JailDiscord {
	/** Calls somebody in the channel of the jail, and says why he is there; twice for one case brings it once. */
	greet(channelId: string, userId: string, one: Case): Promise<void>;
	/** The roles of those of them who are in the server. */
	rolesOf(guildId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Makes and deletes what belongs to a jail. `reason` is for the audit log. */
export interface JailBuilder {
	/** Roles and channels, asked of Discord itself. */
	look(guildId: string): Promise<Seen>;
	makeRole(guildId: string, reason: string): Promise<string>;
	makeChannel(
		place: {
			readonly guildId: string;
			readonly roleId: string;
			readonly what: JailChannel;
			readonly parentId: string | null;
		},
		reason: string
	): Promise<string>;
	/** Sets what a role may in a channel. */
	close(channelId: string, roleId: string, overwrite: Overwrite, reason: string): Promise<void>;
	/** Twice is fine. */
	deleteRole(guildId: string, roleId: string, reason: string): Promise<void>;
	/** Twice is fine. */
	deleteChannel(channelId: string, reason: string): Promise<void>;
}

/** Channels that are made anew. `reason` is for the audit log; what changes something bears being done twice, but for `create`. */
export interface NukeDiscord {
	/** As Discord has it now; null when it is gone or in another server. */
	channel(guildId: string, channelId: string): Promise<NukedChannel | null>;
	/** Every channel of the server. */
	places(guildId: string): Promise<readonly Place[]>;
	/** Where the bot stands in a server. */
	standing(guildId: string): Promise<Standing>;
	/** Permissions by the names of their flags, as the sentences of refusals want them. */
	namesOf(permissions: bigint): string;
	/** What the server itself has the channel for. */
	serverUses(guildId: string, channelId: string): Promise<readonly ServerUse[]>;
	/** Lets the server have another channel for all of that. */
	moveServerUses(guildId: string, from: string, to: string, reason: string): Promise<void>;
	/** Rules of AutoMod that name it, null when the bot may not see them, and whether new members are asked for it. */
	wideUses(guildId: string, channelId: string): Promise<{ readonly autoMod: number | null; readonly onboarding: boolean }>;
	moveAutoMod(guildId: string, from: string, to: string, reason: string): Promise<void>;
	moveOnboarding(guildId: string, from: string, to: string, reason: string): Promise<void>;
	/** Those who sit there, as far as this process knows. */
	moveTalkers(guildId: string, from: string, to: string, reason: string): Promise<void>;
	/** Its threads, as many as can be counted at once. */
	threads(guildId: string, channelId: string): Promise<number>;
	/** Ids of its webhooks; null when the bot may not see them. */
	webhooks(channelId: string): Promise<readonly string[] | null>;
	moveWebhook(webhookId: string, to: string, reason: string): Promise<void>;
	/** The reasons of the channels that were made lately, by their ids; nothing when the bot may not read the audit log. */
	madeChannels(guildId: string): Promise<ReadonlyMap<string, string>>;
	/** Makes one like it, in its place; answers the id. */
	create(channel: NukedChannel, reason: string): Promise<string>;
	/** Posts of the new forum need a tag, if those of the old one do. */
	requireTags(from: string, to: string, reason: string): Promise<void>;
	arrange(guildId: string, moves: readonly { readonly id: string; readonly position: number }[], reason: string): Promise<void>;
	remove(channelId: string, reason: string): Promise<void>;
	/** The first message of the new channel, in a forum the first post; twice for one order brings it once. */
	sayFirst(channelId: string, order: Order): Promise<void>;
}

/** What moderation says. */
export interface ModerationVoice {
	/** Tells the target by a direct message; twice for one order brings it once. Answers where it is. */
	tell(order: Order, action: Action, situation: Situation, settings: ModerationSettings): Promise<SentMessage | Exclude<Told, 'sent'>>;
	/** Deletes what somebody was told; when that cannot be done, it stays. */
	takeBack(message: SentMessage): Promise<void>;
	/** Posts the case in the log channel, or brings its message up to date. `gone`: the channel is; `lost`: somebody deleted the message. */
	post(
		one: Case,
		evidence: readonly Evidence[],
		logChannelId: string
	): Promise<{ readonly channelId: string; readonly messageId: string } | Unposted>;
	/** One line in the log channel about a case, such as "its time is over". `key` names it: twice brings it once. */
	mention(one: Case, what: 'expired' | 'expire-failed' | 'renew-failed' | 'jail-failed', logChannelId: string): Promise<void>;
	/** One sentence in the log channel. `key` names it: twice brings it once. */
	line(guildId: string, logChannelId: string, line: LogLine, key: string): Promise<void>;
}

export type Unposted = 'forbidden' | 'gone' | 'lost';

/** What staff should know besides the cases. */
export type LogLine =
	/** Warnings should have led to something, and did not. */
	| { readonly kind: 'escalation-refused'; readonly number: number; readonly action: string; readonly refused: RefusedBecause }
	/** Something that was set was deleted in Discord. */
	| { readonly kind: 'setting-lost'; readonly setting: LostSetting; readonly id: string };

export interface RefusedBecause {
	readonly module: string;
	readonly code: string;
	readonly values?: SentenceValues;
}

export type LostSetting = 'log-channel' | 'jail-role' | 'jail-channel' | 'jail-category' | 'protected-role';
