import { createGuild } from '../actions/guilds.js';
import { type Discord, rateLimitMode } from '../discord.js';
import { serves } from '../gateway/dispatcher.js';
import { sendGuild } from '../gateway/ready.js';
import type { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import { addChannel, addMember, addRole } from '../state/build.js';
import type { Guild } from '../state/guild.js';
import { makeToken } from '../state/seed.js';
import type { Account, JsonObject } from '../state/types.js';
import type { ControlTable } from './server.js';

/** Makes people and servers that no client could make, and turns the knobs of the developer portal. */
export function setupControl(table: ControlTable): void {
	table.on('GET', '', (control) => control.describe());
	table.on('POST', '/users', ({ rest }, body) => accountView(addUser(rest.discord, body)));
	table.on('POST', '/guilds', ({ rest }, body) => makeGuild(rest.discord, body));
	table.on('POST', '/account', ({ rest }, body) => settings(rest.discord, body));
	table.on('POST', '/application', ({ rest }, body) => applicationSettings(rest.discord, body));
	table.on('POST', '/guild', ({ rest }, body) => guildSettings(rest.discord, body));
}

function accountView(account: Account): JsonObject {
	return { id: account.user.id, name: account.user.username, token: account.token };
}

function addUser(discord: Discord, body: Body): Account {
	const name = body.requiredString('name', 1, 32);
	const globalName = body.string('global_name') ?? null;
	const bot = body.boolean('bot') ?? false;
	body.done();
	return discord.world.addAccount(discord.world.addUser(name, { globalName, bot }), makeToken());
}

/** `{ name, owner_id, channels: [{name, type}], roles: [{name, permissions, holders: [ids]}], members: [ids], bot: true, bot_permissions }`. */
function makeGuild(discord: Discord, body: Body): JsonObject {
	const { world } = discord;
	const ownerId = body.snowflake('owner_id') ?? '';
	const owner = world.users.get(ownerId);
	if (owner === undefined) throw refuse(10013);
	const guild = createGuild(discord, body.string('name') ?? 'Server', owner);
	const channels = (body.objects('channels') ?? []).map((fields) => {
		const channel = addChannel(world, guild, String(fields['name']), Number(fields['type'] ?? 0));
		return { id: channel.id, name: channel.name };
	});
	const roles = (body.objects('roles') ?? []).map((fields) => {
		const role = addRole(world, guild, String(fields['name']), { permissions: String(fields['permissions'] ?? '0') });
		return { id: role.id, name: role.name, holders: Array.isArray(fields['holders']) ? fields['holders'].map(String) : [] };
	});
	for (const id of body.snowflakes('members') ?? []) {
		const user = world.users.get(id);
		if (user !== undefined) addMember(world, guild, user);
	}
	// Held from the beginning: nobody gave it, and no audit log says so.
	for (const { id, holders } of roles) for (const holder of holders) guild.members.get(holder)?.roles.push(id);
	if (body.boolean('bot') ?? true) addBot(discord, guild, body.string('bot_permissions') ?? '8');
	body.done();
	announce(discord, guild);
	return { id: guild.id, name: guild.name, channels, roles: roles.map(({ id, name }) => ({ id, name })) };
}

function addBot(discord: Discord, guild: Guild, permissions: string): void {
	for (const application of discord.world.applications.values()) {
		const role = addRole(discord.world, guild, application.name, {
			permissions,
			managed: true,
			tags: { bot_id: application.bot.user.id }
		});
		addMember(discord.world, guild, application.bot.user).roles.push(role.id);
	}
}

function announce(discord: Discord, guild: Guild): void {
	for (const session of discord.dispatcher.sessions) {
		const isMember = guild.members.has(session.account.user.id);
		if (isMember && (session.account.kind === 'user' || serves(session, guild.id))) sendGuild(discord, session, guild);
	}
}

/** `{ user_id, accepts_dms, block, unblock, locale }`. */
function settings(discord: Discord, body: Body): JsonObject {
	const account = discord.world.accountsByUser.get(body.snowflake('user_id') ?? '');
	if (account === undefined) throw refuse(10013);
	account.acceptsDms = body.boolean('accepts_dms') ?? account.acceptsDms;
	account.locale = body.string('locale') ?? account.locale;
	const block = body.snowflake('block');
	if (block !== undefined) account.blocked.add(block);
	account.blocked.delete(body.snowflake('unblock') ?? '');
	const installs = body.boolean('installs_bot');
	for (const application of discord.world.applications.values()) {
		if (installs === true) application.userInstalls.add(account.user.id);
		if (installs === false) application.userInstalls.delete(account.user.id);
	}
	body.done();
	return accountView(account);
}

/** `{ max_concurrency, shards, session_starts_remaining, privileged_intents, heartbeat_interval, rate_limits }`. */
function applicationSettings(discord: Discord, body: Body): undefined {
	for (const application of discord.world.applications.values()) {
		application.maxConcurrency = body.integer('max_concurrency', 1) ?? application.maxConcurrency;
		application.shards = body.integer('shards', 1) ?? application.shards;
		application.sessionStarts.remaining = body.integer('session_starts_remaining', 0) ?? application.sessionStarts.remaining;
	}
	const privileged = body.integer('privileged_intents');
	if (privileged !== undefined) discord.allowPrivilegedIntents(privileged);
	discord.heartbeatInterval = body.integer('heartbeat_interval', 10) ?? discord.heartbeatInterval;
	discord.rateLimits = rateLimitMode(body.string('rate_limits')) ?? discord.rateLimits;
	body.done();
	return undefined;
}

/** `{ guild_id, unavailable }`: an outage of one server, or its end. */
function guildSettings(discord: Discord, body: Body): undefined {
	const guild = discord.world.guilds.get(body.snowflake('guild_id') ?? '');
	if (guild === undefined) throw refuse(10004);
	const unavailable = body.boolean('unavailable');
	body.done();
	if (unavailable !== undefined) {
		guild.unavailable = unavailable;
		announce(discord, guild);
	}
	return undefined;
}
