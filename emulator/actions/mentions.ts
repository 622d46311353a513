import type { Discord } from '../discord.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Snowflake, User } from '../state/types.js';

export interface Mentions {
	users: User[];
	roles: Snowflake[];
	everyone: boolean;
}

/** Code blocks, and code within a line. */
const CODE = /```[\s\S]*?```|(`+)[^`]+\1/g;

/**
 * Who a message really pings. Without `allowed_mentions` everything in the content counts.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function computeMentions(
	discord: Discord,
	guild: Guild | null,
	content: string,
	allowed: JsonObject | undefined,
	mayMentionEveryone: boolean,
	repliedTo: User | null
): Mentions {
	const rules = readRules(allowed);
	const users = new Map<Snowflake, User>();
	if (repliedTo !== null && rules.repliedUser) users.set(repliedTo.id, repliedTo);
	// Most messages hold no mention at all: one look is enough for them.
	if (!content.includes('@')) return { users: [...users.values()], roles: [], everyone: false };
	// What stands in code is shown as it is and pings nobody.
	const read = content.replaceAll(CODE, ' ');
	for (const [, id = ''] of read.matchAll(/<@!?(\d{15,20})>/g)) {
		const user = discord.world.users.get(id);
		if (user !== undefined && (rules.allUsers || rules.users.has(id))) users.set(id, user);
	}
	const roles = new Set<Snowflake>();
	for (const [, id = ''] of read.matchAll(/<@&(\d{15,20})>/g)) {
		const role = guild?.roles.get(id);
		if (role === undefined || !(rules.allRoles || rules.roles.has(id))) continue;
		if (role.mentionable || mayMentionEveryone) roles.add(id);
	}
	const everyone = guild !== null && mayMentionEveryone && rules.everyone && /@(everyone|here)\b/.test(read);
	return { users: [...users.values()], roles: [...roles], everyone };
}

interface Rules {
	allUsers: boolean;
	allRoles: boolean;
	everyone: boolean;
	users: Set<string>;
	roles: Set<string>;
	repliedUser: boolean;
}

function readRules(allowed: JsonObject | undefined): Rules {
	const parse = allowed === undefined ? ['users', 'roles', 'everyone'] : strings(allowed['parse']);
	return {
		allUsers: parse.includes('users'),
		allRoles: parse.includes('roles'),
		everyone: parse.includes('everyone'),
		users: new Set(strings(allowed?.['users'])),
		roles: new Set(strings(allowed?.['roles'])),
		repliedUser: allowed === undefined ? true : allowed['replied_user'] === true
	};
}

function strings(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
