import { type Client, DiscordjsError, DiscordjsErrorCodes, type Guild } from 'discord.js';
import type { Target } from '../domain/situation.js';
import { strangerOf } from '../domain/target.js';
import type { CrowdReader } from '../ports.js';
import { memberOf, memberTarget, situationOf } from './people.js';
import { membersByRest, situationByRest } from './situationByRest.js';

/** Discord: so many members in one question at the gateway. */
const chunk = 100;
/** The gateway may be away just now: then it is REST, one by one. */
const patienceMs = 10_000;

/** Reads one who acts and many people at once. Voice is not asked for. */
export function crowdReader(client: Client, now: () => number): CrowdReader['readMany'] {
	return async ({ guildId, actorId, targetIds }) => {
		const guild = client.guilds.cache.get(guildId);
		const isHere = guild?.available === true;
		const base = isHere
			? await baseOf(guild, actorId, now())
			: client.user && (await situationByRest(client.rest, { guildId, botId: client.user.id, actorId, targetId: null }, now()));
		if (base === null) return null;
		const members = isHere ? await membersOf(guild, targetIds) : await membersByRest(client.rest, guildId, targetIds);
		return (id) => ({ ...base, target: members.get(id) ?? strangerOf(id) });
	};
}

async function baseOf(guild: Guild, actorId: string | null, now: number) {
	const [bot, actor] = await Promise.all([guild.members.fetchMe(), actorId === null ? null : memberOf(guild, actorId)]);
	return actorId !== null && actor === null ? null : situationOf(guild, bot, actor, null, now);
}

async function membersOf(guild: Guild, ids: readonly string[]): Promise<ReadonlyMap<string, Target>> {
	const found = new Map<string, Target>();
	for (let start = 0; start < ids.length; start += chunk) {
		const asked = ids.slice(start, start + chunk);
		try {
			const members = await guild.members.fetch({ user: asked, time: patienceMs });
			for (const member of members.values()) found.set(member.id, { ...memberTarget(member), voice: null });
		} catch (error) {
			if (!(error instanceof DiscordjsError) || error.code !== DiscordjsErrorCodes.GuildMembersTimeout) throw error;
			for (const [id, target] of await membersByRest(guild.client.rest, guild.id, asked)) found.set(id, target);
		}
	}
	return found;
}
