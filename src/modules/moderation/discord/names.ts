import { type Client, RESTJSONErrorCodes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Case } from '../domain/case.js';
import type { Names } from '../view/case.js';

/** How the people of a case are called today. */
export async function namesOf(client: Client, { userId, moderatorId }: Pick<Case, 'userId' | 'moderatorId'>): Promise<Names> {
	const [user, moderator] = await Promise.all([nameOf(client, userId), nameOf(client, moderatorId)]);
	return { user, moderator };
}

async function nameOf(client: Client, id: string | null): Promise<string | null> {
	if (id === null) return null;
	const user = await onDiscordCode(client.users.fetch(id), [RESTJSONErrorCodes.UnknownUser], null);
	return user?.username ?? null;
}

/** Also of somebody whom Discord does not know any more: that is no person who did something. */
export async function isBot(client: Client, id: string): Promise<boolean> {
	const user = await onDiscordCode(client.users.fetch(id), [RESTJSONErrorCodes.UnknownUser], null);
	return user === null || user.bot;
}
