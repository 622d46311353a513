import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import type { House } from './house.js';

/** A server with a log channel for moderation and three people who may do everything, so that nobody has to wait for a cooldown; two channels have a cooldown each. */
export async function restrictionPlace(house: House, { log = true, botPermissions }: { log?: boolean; botPermissions?: string } = {}) {
	const guild = await house.discord.guild({
		members: ['ana', 'bea', 'cleo', 'dora', 'emil'],
		channels: ['general', 'second', 'log', { name: 'lounge', type: 2 }, { name: 'corner', type: 2 }],
		roles: [{ name: 'Admin', permissions: '8' }],
		...(botPermissions === undefined ? {} : { botPermissions })
	});
	const [ana, bea, cleo, dora, emil] = guild.members;
	const admin = guild.roles[0];
	if (!ana || !bea || !cleo || !dora || !emil || !admin) throw new Error('The server is not complete');
	const { owner } = guild;
	for (const who of [cleo, dora, emil]) await owner.api.put(`/guilds/${guild.id}/members/${who.id}/roles/${admin.id}`);
	if (log) await useLog(guild, emil);
	await owner.connect();
	return {
		...{ guild, owner, ana, bea, cleo, dora, emil },
		...{ general: guild.channel('general'), second: guild.channel('second'), log: guild.channel('log') },
		...{ lounge: guild.channel('lounge'), corner: guild.channel('corner') }
	};
}

/** Cases and notes are posted in the channel "log". */
async function useLog(guild: GuildHandle, staff: UserDriver): Promise<void> {
	const log = guild.channel('log');
	await staff.send(log, `;modlog <#${log.id}>`);
	await staff.expectMessage(log, /Cases are now shown here/);
}

export async function restrictionsOf(house: House, { id }: Pick<GuildHandle, 'id'>) {
	const { prisma } = await house.database.open();
	const rows = await prisma.memberRestriction.findMany({ where: { guildId: BigInt(id) }, orderBy: { at: 'asc' } });
	return rows.map(({ kind, userId, value }) => ({ kind, userId: userId.toString(), value }));
}

export const isBanned = async ({ id, owner }: GuildHandle, user: { readonly id: string }) =>
	JSON.stringify(await owner.api.get(`/guilds/${id}/bans`)).includes(user.id);

export const memberOf = async ({ id, owner }: GuildHandle, user: { readonly id: string }) =>
	owner.api.object(`/guilds/${id}/members/${user.id}`).catch(() => null);

export const isMember = async (guild: GuildHandle, user: { readonly id: string }) => (await memberOf(guild, user)) !== null;

export const nickOf = async (guild: GuildHandle, user: { readonly id: string }) => (await memberOf(guild, user))?.['nick'] ?? null;

export const unban = ({ id }: GuildHandle, by: UserDriver, user: { readonly id: string }) => by.api.delete(`/guilds/${id}/bans/${user.id}`);

export const invite = async (owner: UserDriver, channel: { readonly id: string }) =>
	String(Object(await owner.api.post(`/channels/${channel.id}/invites`, {})).code);

/** What the bot's own role allows from now on. */
export async function botMay({ id, owner }: GuildHandle, permissions: bigint): Promise<void> {
	const roles: unknown = await owner.api.get(`/guilds/${id}/roles`);
	const own = Array.isArray(roles) ? roles.find(({ managed }) => managed === true) : undefined;
	await owner.api.patch(`/guilds/${id}/roles/${own.id}`, { permissions: String(permissions) });
}

/** What an answer by command needs: to see, to write, to embed, to read the history. */
export const answering = 0x400n | 0x800n | 0x4000n | 0x10000n;
