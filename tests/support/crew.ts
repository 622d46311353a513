import type { GuildHandle, Outcome, SeenMessage, UserDriver, WorldDriver } from '../../emulator/driver/index.js';

/** A server with people who take turns: nobody, and no channel, meets a cooldown. */
export interface Crewed {
	readonly guild: GuildHandle;
	readonly owner: UserDriver;
	/** Those named in `members`, in their order. */
	readonly members: readonly UserDriver[];
	/** The next one of the staff, and the next channel. */
	turn(): { readonly mod: UserDriver; readonly channel: { readonly id: string } };
	/** Gives somebody a role by its name. */
	give(member: UserDriver, role: string): Promise<void>;
	role(name: string): { readonly id: string };
}

export interface CrewedSpec {
	readonly members: readonly string[];
	/** Of the role "Staff"; administrators unless said otherwise. */
	readonly permissions?: string;
	readonly staff?: number;
	/** Further roles and channels. */
	readonly roles?: readonly { readonly name: string; readonly permissions?: string; readonly holders?: string[] }[];
	readonly channels?: readonly string[];
	readonly botPermissions?: string;
}

export async function crewedServer(discord: WorldDriver, spec: CrewedSpec): Promise<Crewed> {
	const { members: names, permissions = '8', staff: size = 6, roles = [], channels = [], botPermissions } = spec;
	const rooms = ['room-1', 'room-2', 'room-3', 'room-4'];
	const staffNames = Array.from({ length: size }, (_, index) => `mod${index + 1}`);
	const guild = await discord.guild({
		members: [...names, ...staffNames],
		// Later roles stand higher.
		roles: [...roles.map((one) => ({ ...one })), { name: 'Staff', permissions, holders: staffNames }],
		channels: [...rooms, ...channels],
		...(botPermissions !== undefined && { botPermissions })
	});
	const { owner } = guild;
	const role = (name: string) => {
		const found = guild.roles.find((one) => one.name === name);
		if (found === undefined) throw new Error(`This server has no role ${name}`);
		return found;
	};
	const give = async (member: UserDriver, name: string) => {
		await owner.api.put(`/guilds/${guild.id}/members/${member.id}/roles/${role(name).id}`);
	};
	const staff = guild.members.slice(names.length);
	let turns = 0;
	return {
		guild,
		owner,
		members: guild.members.slice(0, names.length),
		role,
		give,
		turn() {
			const [mod, room] = [staff[turns % staff.length], rooms[turns % rooms.length]];
			turns += 1;
			if (mod === undefined || room === undefined) throw new Error('There is nobody whose turn it is');
			return { mod, channel: guild.channel(room) };
		}
	};
}

/** Somebody of the staff types it; answers what the bot says. */
export async function say({ turn }: Pick<Crewed, 'turn'>, text: string, answer: RegExp): Promise<SeenMessage> {
	const { mod, channel } = turn();
	await mod.send(channel, text);
	return mod.expectMessage(channel, answer);
}

/** Somebody of the staff uses a slash command. */
export function slash({ turn }: Pick<Crewed, 'turn'>, words: string, options: Parameters<UserDriver['slash']>[2] = {}): Promise<Outcome> {
	const { mod, channel } = turn();
	return mod.slash(channel, words, options);
}
