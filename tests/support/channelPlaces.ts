import type { House } from './house.js';
import { bit, give } from './overwrites.js';

/** Three people who may do everything, since one may use three commands in five seconds; and Ana, who may nothing. */
export async function withAdmins({ discord }: House, channels: string[]) {
	const all = { name: 'admins', permissions: '8' };
	const guild = await discord.guild({ members: ['ana', 'ada', 'bob', 'cy'], channels, roles: [all] });
	const [ana, ...admins] = guild.members;
	if (!ana) throw new Error('The server is not complete');
	for (const admin of admins) await give(guild, admin, guild.roles[0]);
	return { guild, admins, ana };
}

/** Mo and Mia look after channels and roles; Bea stands above them, Ana below. */
export async function withMods({ discord }: House) {
	const roles = [
		{ name: 'mods', permissions: String(bit.manageChannels | bit.manageRoles | bit.pinMessages) },
		{ name: 'above', permissions: '0' }
	];
	const guild = await discord.guild({ members: ['ana', 'bea', 'mo', 'mia'], channels: ['general', 'art'], roles });
	const [ana, bea, mo, mia] = guild.members;
	const [mods, above] = guild.roles;
	const [general, art] = ['general', 'art'].map((name) => guild.channel(name));
	if (!ana || !bea || !mo || !mia || !mods || !above || !general || !art) throw new Error('The server is not complete');
	for (const mod of [mo, mia]) await give(guild, mod, mods);
	await give(guild, bea, above);
	return { guild, ana, bea, mo, mia, general, art };
}
