import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Member } from '../state/types.js';
import { memberView } from '../views/user.js';
import { Intent } from './intents.js';
import type { Session } from './session.js';

/** Discord: a chunk holds at most 1,000 members. */
const CHUNK = 1000;
/** Members by prefix, or by id. */
const MOST_FOUND = 100;
const WHOLE_LIST_MS = 30_000;
/** Bytes; a longer one is left out of the answer. https://discord.com/developers/docs/events/gateway-events#request-guild-members */
const LONGEST_NONCE = 32;

/** Op 8: members by prefix or by id, in chunks. */
export function sendMembers(discord: Discord, session: Session, body: Body): void {
	const data = body.fields;
	body.string('query');
	body.integer('limit', 0);
	body.boolean('presences');
	const ids = Array.isArray(data['guild_id']) ? body.snowflakes('guild_id') : [body.snowflake('guild_id')];
	body.done();
	for (const id of ids ?? []) {
		const guild = discord.world.guilds.get(id ?? '');
		if (guild?.members.has(session.account.user.id) && mayAsk(discord, session, guild, data)) answer(discord, session, guild, data);
	}
}

const isWhole = (data: JsonObject) =>
	(data['user_ids'] ?? null) === null && String(data['query'] ?? '') === '' && Number(data['limit'] ?? 0) === 0;

/**
 * A bot may ask for all members of a server once in thirty seconds; what comes sooner is answered by RATE_LIMITED. Held where Discord's limits are on.
 * https://discord.com/developers/docs/events/gateway-events#rate-limited
 */
function mayAsk(discord: Discord, session: Session, guild: Guild, data: JsonObject): boolean {
	if (discord.rateLimits !== 'discord' || session.account.kind === 'user' || !isWhole(data)) return true;
	const key = `${session.account.user.id}:${guild.id}`;
	const now = Date.now();
	const left = (discord.memberRequests.get(key) ?? 0) + WHOLE_LIST_MS - now;
	if (left <= 0) {
		discord.memberRequests.set(key, now);
		return true;
	}
	const nonce = typeof data['nonce'] === 'string' ? { nonce: data['nonce'] } : {};
	const limited: JsonObject = { opcode: 8, retry_after: left / 1000, meta: { guild_id: guild.id, ...nonce } };
	discord.dispatcher.deliver(session, 'RATE_LIMITED', JSON.stringify(limited));
	return false;
}

function seesPresences(session: Session): boolean {
	return session.account.kind === 'user' || (session.intents & Intent.GuildPresences) !== 0;
}

function answer(discord: Discord, session: Session, guild: Guild, data: JsonObject): void {
	const { found, missing } = select(session, guild, data);
	const count = Math.max(1, Math.ceil(found.length / CHUNK));
	for (let index = 0; index < count; index++) {
		const part = found.slice(index * CHUNK, (index + 1) * CHUNK);
		const chunk: JsonObject = {
			guild_id: guild.id,
			members: part.map(memberView),
			chunk_index: index,
			chunk_count: count,
			...(missing.length > 0 ? { not_found: missing } : {}),
			...(data['presences'] === true && seesPresences(session) ? { presences: presencesOf(guild, part) } : {}),
			...(typeof data['nonce'] === 'string' && Buffer.byteLength(data['nonce']) <= LONGEST_NONCE ? { nonce: data['nonce'] } : {})
		};
		discord.dispatcher.deliver(session, 'GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
	}
}

function select(session: Session, guild: Guild, data: JsonObject): { found: Member[]; missing: string[] } {
	if ((data['user_ids'] ?? null) !== null) {
		const wanted = (Array.isArray(data['user_ids']) ? data['user_ids'] : [data['user_ids']]).map(String).slice(0, MOST_FOUND);
		const found: Member[] = [];
		const missing: string[] = [];
		for (const id of wanted) {
			const member = guild.members.get(id);
			if (member === undefined) missing.push(id);
			else found.push(member);
		}
		return { found, missing };
	}
	const query = String(data['query'] ?? '').toLowerCase();
	const most = Math.min(Number(data['limit'] ?? 0) || MOST_FOUND, MOST_FOUND);
	if (isWhole(data)) {
		// The whole list needs the privileged intent.
		const allowed = session.account.kind === 'user' || (session.intents & Intent.GuildMembers) !== 0;
		return { found: allowed ? [...guild.members.values()] : [], missing: [] };
	}
	const found: Member[] = [];
	for (const member of guild.members.values()) {
		if (matches(member, query)) found.push(member);
		if (found.length >= most) break;
	}
	return { found, missing: [] };
}

/** True when a name this member goes by starts with `query` (lower case). */
export function matches(member: Member, query: string): boolean {
	const names = [member.user.username, member.user.global_name, member.nick];
	return names.some((name) => name?.toLowerCase().startsWith(query) ?? false);
}

function presencesOf(guild: Guild, members: Member[]): JsonObject[] {
	return members.flatMap((member) => {
		const presence = guild.presences.get(member.user.id);
		return presence === undefined ? [] : [presence];
	});
}
