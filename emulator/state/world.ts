import { Application } from './application.js';
import type { Channel } from './channel.js';
import { Clock } from './clock.js';
import type { Guild } from './guild.js';
import type { Interaction, OfferedModal } from './interaction.js';
import type { Message } from './message.js';
import { Snowflakes } from './snowflakes.js';
import type { Account, JsonObject, Snowflake, User } from './types.js';

/** A stored file, as the CDN serves it. */
export interface StoredFile {
	data: Buffer;
	contentType: string;
}

export interface Webhook {
	id: Snowflake;
	token: string;
	type: number;
	name: string | null;
	avatar: string | null;
	channelId: Snowflake;
	guildId: Snowflake;
	applicationId: Snowflake | null;
	user: User;
}

export interface Invite {
	code: string;
	channelId: Snowflake;
	guildId: Snowflake;
	inviterId: Snowflake | null;
	uses: number;
	maxUses: number;
	maxAge: number;
	temporary: boolean;
	/** Milliseconds since 1970. */
	createdAt: number;
}

/** What a person agreed to and the application has not fetched yet. */
export interface OAuthCode {
	applicationId: Snowflake;
	userId: Snowflake;
	scopes: string[];
	redirect: string;
	expiresAt: number;
}

export interface OAuthGrant {
	applicationId: Snowflake;
	userId: Snowflake;
	scopes: string[];
	refreshToken: string;
	expiresAt: number;
}

/** Everything that exists, reachable by id. Nothing here sends anything. */
export class World {
	readonly clock = new Clock();
	readonly ids = new Snowflakes(this.clock);
	readonly users = new Map<Snowflake, User>();
	/** By the whole Authorization header. */
	readonly accounts = new Map<string, Account>();
	readonly accountsByUser = new Map<Snowflake, Account>();
	readonly applications = new Map<Snowflake, Application>();
	readonly guilds = new Map<Snowflake, Guild>();
	/** Every channel, thread and direct message. */
	readonly channels = new Map<Snowflake, Channel>();
	/** Direct message channels by both ids, sorted and joined with a colon. */
	readonly dms = new Map<string, Snowflake>();
	/** Messages sent with a nonce, oldest first. */
	readonly nonces = new Map<string, { at: number; message: Message }>();
	readonly interactions = new Map<Snowflake, Interaction>();
	readonly interactionsByToken = new Map<string, Interaction>();
	/** Modals on the screen, by the interaction that showed them. */
	readonly modals = new Map<Snowflake, OfferedModal>();
	/** Which announcement channel a follower's webhook brings, by the webhook. */
	readonly follows = new Map<Snowflake, Snowflake>();
	/** Voters of a message's poll by answer. */
	readonly pollVotes = new Map<Snowflake, Map<number, Set<Snowflake>>>();
	/** Who is interested in a scheduled event. */
	readonly eventFollowers = new Map<Snowflake, Set<Snowflake>>();
	readonly oauthCodes = new Map<string, OAuthCode>();
	/** By access token. */
	readonly oauthTokens = new Map<string, OAuthGrant>();
	/** When a message was pinned, by its id. */
	readonly pinnedAt = new Map<Snowflake, number>();
	readonly webhooks = new Map<Snowflake, Webhook>();
	readonly invites = new Map<string, Invite>();
	/** By path below the CDN's root. */
	readonly files = new Map<string, StoredFile>();
	/** Things that route families keep here under their own name. */
	readonly extras = new Map<string, Map<string, JsonObject>>();
	/** How many messages a channel remembers; the oldest go first. */
	messagesPerChannel = 10_000;

	now(): string {
		return isoTime(this.clock.now());
	}

	addUser(username: string, options: { bot?: boolean; globalName?: string | null } = {}): User {
		const user: User = {
			id: this.ids.next(),
			username,
			discriminator: options.bot ? '0001' : '0',
			global_name: options.globalName ?? null,
			avatar: null,
			...(options.bot ? { bot: true } : {}),
			banner: null,
			accent_color: null,
			public_flags: 0,
			flags: 0,
			avatar_decoration_data: null,
			collectibles: null,
			display_name_styles: null,
			primary_guild: null,
			clan: null
		};
		this.users.set(user.id, user);
		return user;
	}

	/** Makes somebody who can log in; his header is `token`, or `Bot token` for a bot. */
	addAccount(user: User, token: string, applicationId: Snowflake | null = null): Account {
		const kind = user.bot ? 'bot' : 'user';
		const account: Account = { user, token, kind, applicationId, blocked: new Set(), acceptsDms: true, locale: 'en-US' };
		this.accounts.set(kind === 'bot' ? `Bot ${token}` : token, account);
		this.accountsByUser.set(user.id, account);
		return account;
	}

	addApplication(name: string, token: string, ownerId: Snowflake): Application {
		const user = this.addUser(name, { bot: true });
		const bot = this.addAccount(user, token, user.id);
		const application = new Application(user.id, name, bot, ownerId);
		this.applications.set(application.id, application);
		return application;
	}
}

/** Discord's way to write a time. */
export function isoTime(ms: number): string {
	return new Date(ms).toISOString().replace('Z', '000+00:00');
}
