import { PermissionFlagsBits as Bits } from 'discord.js';
import { ApiRefusal } from '../../emulator/driver/api.js';
import type { ChannelHandle, GuildHandle, Outcome, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import type { JsonObject } from '../../emulator/state/types.js';
import type { House } from './house.js';

const rights = {
	Mods:
		Bits.KickMembers |
		Bits.BanMembers |
		Bits.ModerateMembers |
		Bits.MuteMembers |
		Bits.DeafenMembers |
		Bits.MoveMembers |
		Bits.ManageNicknames |
		Bits.ManageMessages,
	Admins: Bits.Administrator
};

/** A server with moderators, above its members and below an administrator, and the bot above them all. */
export interface StaffedServer {
	readonly id: string;
	readonly guild: GuildHandle;
	readonly owner: UserDriver;
	readonly max: UserDriver;
	readonly mia: UserDriver;
	readonly admin: UserDriver;
	readonly general: ChannelHandle;
	/** One of the people who were asked for. */
	person(name: string): UserDriver;
	give(who: UserDriver, role: { readonly id: string }): Promise<unknown>;
	role(name: string): { readonly id: string };
	/** What Discord has of somebody; null when he is not in the server. */
	member(who: { readonly id: string }): Promise<JsonObject | null>;
	isBanned(who: { readonly id: string }): Promise<boolean>;
	/** An invite of the owner, used by `who`. */
	comesBack(who: UserDriver): Promise<void>;
}

export async function staffedServer(
	house: House,
	people: readonly string[],
	{
		channels = ['general'],
		roles = [] as readonly string[]
	}: { channels?: (string | { name: string; type: number })[]; roles?: readonly string[] } = {}
): Promise<StaffedServer> {
	const holders: Readonly<Record<string, string[]>> = { Mods: ['max', 'mia'], Admins: ['admin'] };
	const named = [...roles, 'Mods', 'Admins'].map((name) => ({
		name,
		permissions: String(Reflect.get(rights, name) ?? 0n),
		holders: holders[name] ?? []
	}));
	const guild = await house.discord.guild({ members: [...people, 'max', 'mia', 'admin'], roles: named, channels });
	const { owner, members } = guild;
	const person = (name: string) =>
		found(
			members.find((member) => member.name === name),
			name
		);
	const role = (name: string) =>
		found(
			guild.roles.find((one) => one.name === name),
			name
		);
	const give = (who: UserDriver, { id }: { readonly id: string }) => owner.api.put(`/guilds/${guild.id}/members/${who.id}/roles/${id}`);
	const [max, mia, admin] = [person('max'), person('mia'), person('admin')];
	const general = guild.channel('general');
	const ask = async (path: string) => {
		try {
			return await owner.api.object(path);
		} catch (error) {
			if (error instanceof ApiRefusal && error.status === 404) return null;
			throw error;
		}
	};
	return {
		...{ id: guild.id, guild, owner, max, mia, admin, general, person, role, give },
		member: ({ id }) => ask(`/guilds/${guild.id}/members/${id}`),
		isBanned: async ({ id }) => (await ask(`/guilds/${guild.id}/bans/${id}`)) !== null,
		async comesBack(who) {
			const { code } = Object(await owner.api.post(`/channels/${general.id}/invites`, { max_uses: 1 }));
			await who.join(String(code));
		}
	};
}

/** Says something and waits for the answer; again when it came too soon after others. */
export async function asks(who: UserDriver, place: { readonly id: string }, line: string, answer: RegExp): Promise<SeenMessage> {
	for (;;) {
		await who.send(place, line);
		const message = await who.expectMessage(place, ({ isBot, text }) => isBot && (answer.test(text) || tooSoon.test(text)));
		if (answer.test(message.text)) return message;
		await who.waits(secondsIn(message.text));
	}
}

/** Uses a slash command; again when it came too soon after others. */
export async function slashes(who: UserDriver, place: { readonly id: string }, words: string, options: Options = {}): Promise<Outcome> {
	for (;;) {
		const outcome = await who.slash(place, words, options);
		if (!tooSoon.test(outcome.text)) return outcome;
		await who.waits(secondsIn(outcome.text));
	}
}

/** What is said when Discord was asked and did not answer. */
export const notKnown = /Discord has trouble right now, so I do not know whether that was done\. I look again in a minute/;

/** Below all others that there are. */
export async function newRole({ id, owner }: StaffedServer, name: string, permissions = 0n): Promise<{ readonly id: string }> {
	return { id: String(Object(await owner.api.post(`/guilds/${id}/roles`, { name, permissions: String(permissions) })).id) };
}

type Options = Parameters<UserDriver['slash']>[2];
const tooSoon = /Slow down\. Try again in (?:a second|(\d+) seconds)/;
const secondsIn = (notice: string) => Number(tooSoon.exec(notice)?.[1] ?? 1);

function found<T>(thing: T | undefined, name: string): T {
	if (thing === undefined) throw new Error(`The server has no ${name}`);
	return thing;
}
