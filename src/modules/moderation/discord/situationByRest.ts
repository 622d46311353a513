import { type APIGuild, type APIGuildMember, type APIUser, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { compareRoles, type RoleRank } from '#lib/core/hierarchy.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Situation, Target } from '../domain/situation.js';
import { strangerOf } from '../domain/target.js';
import { voiceOf } from './voiceState.js';

type Rest = Pick<REST, 'get'>;
type Server = Pick<APIGuild, 'id' | 'name' | 'owner_id' | 'roles'>;

export interface SituationRequest {
	readonly guildId: string;
	readonly botId: string;
	readonly actorId: string | null;
	readonly targetId: string | null;
	readonly voice?: boolean;
}

const administrator = 1n << 3n;
const noServer = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];
// An id that nobody ever had is called a faulty form.
const nobody = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser, RESTJSONErrorCodes.InvalidFormBodyOrContentType];

/** A server that this process does not hear of, read from Discord. Null when the bot is not in it, or when who acts is not. */
export async function situationByRest(rest: Rest, request: SituationRequest, now: number): Promise<Situation | null> {
	const { guildId, botId, actorId, targetId, voice = false } = request;
	const server = await onDiscordCode(rest.get(Routes.guild(guildId)) as Promise<Server>, noServer, null);
	if (server === null) return null;
	const [bot, actor, target] = await Promise.all([
		memberOf(rest, guildId, botId),
		actorId === null ? null : memberOf(rest, guildId, actorId),
		targetId === null ? null : targetOf(rest, server, targetId, voice)
	]);
	if (bot === null || (actorId !== null && actor === null)) return null;
	return {
		guildId,
		guildName: server.name,
		ownerId: server.owner_id,
		actor: actor && {
			id: actor.user.id,
			username: actor.user.username,
			topRole: rankOf(server, actor),
			permissions: permissionsOf(server, actor)
		},
		bot: { id: botId, username: bot.user.username, topRole: rankOf(server, bot), permissions: permissionsOf(server, bot) },
		target,
		now
	};
}

/** Those of many who are in the server, asked for one by one. */
export async function membersByRest(rest: Rest, guildId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Target>> {
	const server = (await rest.get(Routes.guild(guildId))) as Server;
	const found = new Map<string, Target>();
	for (const id of userIds) {
		const member = await memberOf(rest, guildId, id);
		if (member !== null) found.set(id, { ...memberTarget(server, member), voice: null });
	}
	return found;
}

function memberOf(rest: Rest, guildId: string, userId: string): Promise<APIGuildMember | null> {
	return onDiscordCode(rest.get(Routes.guildMember(guildId, userId)) as Promise<APIGuildMember>, nobody, null);
}

async function targetOf(rest: Rest, server: Server, userId: string, asksVoice: boolean): Promise<Target | null> {
	const member = await memberOf(rest, server.id, userId);
	if (member !== null) return { ...memberTarget(server, member), voice: asksVoice ? await voiceOf(rest, server.id, userId) : null };
	const user = await onDiscordCode(rest.get(Routes.user(userId)) as Promise<APIUser>, nobody, null);
	return user && strangerOf(user.id, { username: user.username, isBot: user.bot ?? false });
}

function memberTarget(server: Server, member: APIGuildMember): Omit<Target, 'voice'> {
	const { user, roles, nick, joined_at, premium_since, communication_disabled_until } = member;
	return {
		id: user.id,
		username: user.username,
		isBot: user.bot ?? false,
		inServer: true,
		topRole: rankOf(server, member),
		roleIds: roles,
		isAdministrator: (permissionsOf(server, member) & administrator) !== 0n,
		timedOutUntil: communication_disabled_until ? Date.parse(communication_disabled_until) : null,
		nickname: nick ?? null,
		joinedAt: joined_at === null ? null : Date.parse(joined_at),
		boosts: premium_since != null
	};
}

function rolesOf({ id, roles }: Server, member: APIGuildMember) {
	return roles.filter((role) => role.id === id || member.roles.includes(role.id));
}

function rankOf(server: Server, member: APIGuildMember): RoleRank {
	const [highest] = rolesOf(server, member).sort((a, b) => compareRoles(b, a));
	return highest === undefined ? { id: server.id, position: 0 } : { id: highest.id, position: highest.position };
}

function permissionsOf(server: Server, member: APIGuildMember): bigint {
	return rolesOf(server, member).reduce((held, role) => held | BigInt(role.permissions), 0n);
}
