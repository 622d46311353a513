import type { ModerationDiscord, SentMessage } from '#modules/moderation/index.js';
import type { KeptKind } from './domain/restriction.js';

/** Somebody in a server. */
export interface Who {
	readonly guildId: string;
	readonly userId: string;
}

/** Discord as restrictions need it. Each bears being done twice; `reason` is for the audit log. */
export interface RestrictionDiscord extends Pick<ModerationDiscord, 'isBanned' | 'ban' | 'kick' | 'setNickname'> {
	/** `no-channel`: that channel is gone. `absent`: he is in no voice channel any more. */
	moveTo(who: Who, channelId: string, reason: string): Promise<'moved' | 'absent' | 'no-channel'>;
	/** The nickname that a member has now; undefined for somebody who is no member. */
	nickOf(who: Who): Promise<string | null | undefined>;
	/** The voice channel in which somebody is. */
	voiceOf(who: Who): Promise<string | null>;
	/** Deletes a message. False: somebody was faster. */
	remove(channelId: string, messageId: string, reason: string): Promise<boolean>;
	/** Of the last hundred people who were unbanned; null when the bot may not look. */
	lastUnbanned(guildId: string): Promise<readonly string[] | null>;
}

/** What staff should hear of. `kept`: somebody undid it and we did it again. `fight`: he goes on, we stop for now. */
export type StaffNote =
	| { readonly what: 'hardban-kept' | `${KeptKind}-fight`; readonly userId: string }
	| { readonly what: 'corner-gone' }
	| { readonly what: `paused-${PausedThing}`; readonly channelId?: string; readonly userId?: string };

/** What rests when Discord does not let us do it. */
export type PausedThing = KeptKind | 'shutup' | 'uwulock' | 'private' | 'autokick';

/** What restrictions say. */
export interface RestrictionVoice {
	/** One message in the log channel, or in `elsewhere` when there is none. Never fails for want of a place. */
	tellStaff(guildId: string, note: StaffNote, elsewhere?: string): Promise<void>;
	/** Tells somebody why he may not come in; answers where. Never fails: he may take no messages, then it is null. */
	tellRejected(who: Who, guildName: string, text: string): Promise<SentMessage | null>;
	/** Deletes what he was told; when that cannot be done, it stays. */
	takeBack(message: SentMessage): Promise<void>;
	/** The reason in the audit log of what we do by ourselves. `actorId`: on whose word. */
	auditReason(
		guildId: string,
		kind: KeptKind | 'private' | 'autokick' | 'shutup' | 'uwulock',
		actorId: string | null,
		reason: string | null
	): Promise<string>;
}

/** A message as it is said again by somebody's name. */
export interface SaidAgain {
	readonly channelId: string;
	readonly threadId: string | null;
	readonly name: string;
	readonly avatarUrl: string;
	readonly content: string;
	readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
	/** Flags of Discord that are kept: without a preview, without a sound. */
	readonly flags: number;
	/** For the audit log, should the webhook be made anew. */
	readonly reason: string;
}

/** Says things by the name of others. */
export interface Mouthpiece {
	/** Makes sure that it can speak there. Throws what Discord says when it may not. */
	prepare(channelId: string, reason: string): Promise<void>;
	say(said: SaidAgain): Promise<void>;
	/** The content of files; those that cannot be had, or are too large together, are left out. */
	fetch(files: readonly SpokenFile[]): Promise<SaidAgain['files']>;
}

export interface SpokenFile {
	readonly url: string;
	readonly name: string;
	readonly size: number;
}

/** A member's message as plain data. */
export interface Spoken {
	readonly id: string;
	readonly guildId: string;
	/** The channel in which it stands, be it a thread. */
	readonly channelId: string;
	/** Of a thread, the channel around it. */
	readonly parentId: string | null;
	readonly authorId: string;
	readonly name: string;
	readonly avatarUrl: string;
	readonly content: string;
	readonly files: readonly SpokenFile[];
	readonly flags: number;
	/** As memory says: what is known to be refused is not asked for. */
	readonly may: { readonly remove: boolean; readonly speakAgain: boolean };
}
