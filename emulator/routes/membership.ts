import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { joinGuild, memberChanged } from '../actions/members.js';
import { announceBoost } from '../actions/welcome.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, Reply, type RouteTable } from '../rest/route.js';
import { requireMember } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { guildView } from '../views/guild.js';
import { memberView } from '../views/user.js';
import { guildFor } from './guildAccess.js';

/** Boosts from which each tier starts. */
const tiers = [2, 7, 14];
const gate = 'MEMBER_VERIFICATION_GATE_ENABLED';

/** Membership screening, boosts and adding people by OAuth2: what Discord's own clients do, and the bot hears of. */
export function membership(routes: RouteTable): void {
	routes.put('/guilds/:guildId/member-verification', screening, { auth: 'user' });
	routes.get('/guilds/:guildId/member-verification', (call) => ({ form_fields: [], enabled: guildFor(call).features.includes(gate) }));
	routes.put('/guilds/:guildId/requests/@me', accept, { auth: 'user' });
	routes.put('/guilds/:guildId/premium/subscriptions', boost, { auth: 'user' });
	routes.delete('/guilds/:guildId/premium/subscriptions', unboost, { auth: 'user' });
	routes.put('/guilds/:guildId/members/:userId', add, { auth: 'bot' });
}

/** The owner switches screening on or off: new members then are `pending` until they accept. */
function screening(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const enabled = call.body.boolean('enabled') ?? true;
	call.body.done();
	guild.features = guild.features.filter((feature) => feature !== gate);
	if (enabled) guild.features.push(gate);
	call.discord.dispatcher.guild(guild, 'GUILD_UPDATE', guildView(guild));
	return { form_fields: [], enabled };
}

function accept(call: Call): Reply {
	const guild = guildFor(call);
	const member = requireMember(guild, call.actorId);
	if (!member.pending) return noContent;
	member.pending = false;
	memberChanged(call.discord, guild, member);
	return noContent;
}

function boost(call: Call): Reply {
	const guild = guildFor(call);
	const member = requireMember(guild, call.actorId);
	guild.boosts++;
	member.premium_since ??= call.world.now();
	member.roles = [...new Set([...member.roles, ...boosterRoles(guild)])];
	afterBoosts(call, guild);
	memberChanged(call.discord, guild, member);
	announceBoost(call.discord, guild, member);
	return noContent;
}

function unboost(call: Call): Reply {
	const guild = guildFor(call);
	const member = requireMember(guild, call.actorId);
	if (member.premium_since === null) return noContent;
	guild.boosts = Math.max(guild.boosts - 1, 0);
	member.premium_since = null;
	const boosters = boosterRoles(guild);
	member.roles = member.roles.filter((id) => !boosters.includes(id));
	afterBoosts(call, guild);
	memberChanged(call.discord, guild, member);
	return noContent;
}

/** The role Discord manages for boosters, where the guild has one. */
function boosterRoles(guild: Guild): string[] {
	return [...guild.roles.values()].filter((role) => role.tags !== undefined && 'premium_subscriber' in role.tags).map(({ id }) => id);
}

function afterBoosts(call: Call, guild: Guild): void {
	guild.premiumTier = tiers.filter((from) => guild.boosts >= from).length;
	call.discord.dispatcher.guild(guild, 'GUILD_UPDATE', guildView(guild));
}

/** https://discord.com/developers/docs/resources/guild#add-guild-member */
function add(call: Call): Reply {
	const guild = guildFor(call, Bits.CreateInstantInvite);
	const grant = call.world.oauthTokens.get(call.body.requiredString('access_token'));
	call.body.done();
	const userId = call.param('userId');
	const user = call.world.users.get(userId);
	if (user === undefined || grant?.userId !== userId || !grant.scopes.includes('guilds.join')) throw refuse(50025);
	if (guild.bans.has(userId)) throw refuse(40007);
	if (guild.members.has(userId)) return noContent;
	return new Reply(201, memberView(joinGuild(call.discord, guild, user, guild.features.includes(gate))));
}
