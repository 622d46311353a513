import { expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const t = loadLanguages().translator('en-US');
const mayManage = String((1 << 28) | (1 << 13));
const rooms = ['desk', 'hall', 'attic', 'cellar', 'porch'];
const staffNames = ['mia', 'max', 'moe', 'mel', 'may', 'mo', 'ned', 'nia', 'noa', 'nils'];

/** From below: Helper, Strong (may ban), Boss and Trusted (something with the bot alone), Staff, Tall, the bot, Over. */
async function place() {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'fay', 'flo', ...staffNames],
		roles: [
			{ name: 'Helper' },
			{ name: 'Strong', permissions: '4' },
			{ name: 'Boss' },
			{ name: 'Trusted', holders: ['fay', 'flo'] },
			{ name: 'Staff', permissions: mayManage, holders: staffNames },
			{ name: 'Tall' }
		],
		channels: rooms
	});
	const { owner } = guild;
	const over = String(Object(await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Over' })).id);
	await stand(guild, over, 50);
	const [ana, fay, flo, ...staff] = guild.members;
	if (!ana || !fay || !flo) throw new Error('The server is not complete');
	const role = (name: string) => String(guild.roles.find((one) => one.name === name)?.id ?? over);
	const all: unknown = await owner.api.get(`/guilds/${guild.id}/roles`);
	const own = Array.isArray(all) ? all.find((one) => Object(one).managed === true) : null;
	let [turns, rents] = [0, 0];
	return {
		...{ guild, owner, ana, fay, flo, role, over, desk: guild.channel('desk') },
		/** Every channel in turn: none has too many commands. */
		room: () => guild.channel(rooms[rents++ % rooms.length] ?? ''),
		ofBot: String(Object(own).id),
		/** Everybody of the staff in turn: nobody is too fast. */
		mod(): UserDriver {
			const mod = staff[turns++ % staff.length];
			if (mod === undefined) throw new Error('There is no staff');
			return mod;
		}
	};
}

const stand = ({ owner, id }: GuildHandle, roleId: string, position: number) =>
	owner.api.patch(`/guilds/${id}/roles`, [{ id: roleId, position }]);

/** Requests of the bot that give or take roles of somebody. */
const changesIn = async (guild: GuildHandle, { id }: UserDriver) =>
	(await shared.house.discord.requests())
		.filter(({ method, path }) => method !== 'GET' && path.startsWith(`/guilds/${guild.id}/members/${id}`))
		.map(({ method, path }) => `${method} ${path}`);

async function has({ owner, id }: GuildHandle, who: UserDriver, roleId: string): Promise<boolean> {
	const roles: unknown = Object(await owner.api.get(`/guilds/${id}/members/${who.id}`)).roles;
	return Array.isArray(roles) && roles.includes(roleId);
}

test('a role that is not theirs to give is refused to moderators by prefix and slash, for one, many or a time, before Discord is asked', async () => {
	const { guild, owner, ana, fay, flo, role, over, ofBot, mod, desk, room } = await place();
	await owner.send(desk, ';fakepermissions add Trusted manage_roles');
	await owner.expectMessage(desk, /has this with me now/);
	await owner.send(desk, ';fakepermissions add Boss ban_members');
	await owner.expectMessage(desk, /has this with me now: Ban Members/);
	const scenes = [
		[guild.id, t('roles:refusals.role-everyone')],
		[ofBot, 'nobody can give or take it by hand'],
		[over, 'stands as high as my highest role or higher'],
		[role('Tall'), 'stands as high as your highest role or higher'],
		[role('Staff'), 'stands as high as your highest role or higher']
	] as const;
	for (const [roleId, sentence] of scenes) {
		const by = mod();
		const hall = room();
		await by.send(hall, `;role add <@${ana.id}> ${roleId}`);
		expect((await by.expectMessage(hall, (message) => message.isBot)).text, `prefix ${roleId}`).toContain(sentence);
		expect((await mod().slash(room(), 'role add', { member: ana.id, role: roleId })).text, `slash ${roleId}`).toContain(sentence);
		expect((await mod().slash(room(), 'role all remove', { role: roleId })).text, `many ${roleId}`).toContain(sentence);
		expect((await mod().slash(room(), 'role temp', { member: ana.id, role: roleId, duration: '1h' })).text).toContain(sentence);
	}
	expect((await mod().slash(room(), 'role humans add', { role: role('Strong') })).text).toContain('too strong to be given to many');
	// What counts with the bot alone leads to nothing that counts in Discord, neither for another one nor for himself.
	const tries = [
		[fay, ana, 'Strong'],
		[flo, flo, 'Strong'],
		// Nor to more with the bot alone.
		[flo, flo, 'Boss']
	] as const;
	for (const [by, to, name] of tries) {
		const hall = room();
		await by.send(hall, `;r <@${to.id}> +${name}`);
		await by.expectMessage(hall, /that you do not have yourself/);
	}
	expect((await mod().slash(room(), 'role humans add', { role: role('Boss') })).text).toContain('too strong to be given to many');
	for (const who of [ana, flo]) expect(await changesIn(guild, who)).toEqual([]);
	const prisma = shared.db;
	expect(await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
	await fay.send(desk, `;role add <@${ana.id}> Helper`);
	await fay.expectMessage(desk, /are changed/);
	expect(await changesIn(guild, ana)).toEqual([`PUT /guilds/${guild.id}/members/${ana.id}/roles/${role('Helper')}`]);
});

test('a time that is over takes nothing that stands above the bot by then, asks Discord for nothing, and takes it once it can', async () => {
	const { guild, ana, role, mod, desk } = await place();
	const helper = role('Helper');
	expect((await mod().slash(desk, 'role temp', { member: ana.id, role: helper, duration: '1h' })).text).toMatch(/Until:/);
	await stand(guild, helper, 60);
	const before = await changesIn(guild, ana);
	await shared.house.passTime({ minutes: 61 });
	await triedAgain(guild);
	expect(await changesIn(guild, ana)).toEqual(before);
	await stand(guild, helper, 1);
	await shared.house.passTime({ minutes: 2 });
	await eventually('the role has ended', async () => !(await has(guild, ana, helper)));
});

test('a role that became dangerous is not given back by a timer', async () => {
	const { guild, owner, ana, role, mod, desk } = await place();
	const helper = role('Helper');
	await owner.api.put(`/guilds/${guild.id}/members/${ana.id}/roles/${helper}`);
	expect((await mod().slash(desk, 'role remove', { member: ana.id, role: helper })).text).toMatch(/are changed/);
	const prisma = shared.db;
	const [taken] = await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id), type: 'role' } });
	expect((await mod().slash(desk, 'case duration', { number: taken?.number ?? 0, length: '1h' })).text).not.toBe('');
	await owner.api.patch(`/guilds/${guild.id}/roles/${helper}`, { permissions: '4' });
	const before = await changesIn(guild, ana);
	await shared.house.passTime({ minutes: 61 });
	await triedAgain(guild);
	expect(await has(guild, ana, helper)).toBe(false);
	expect(await changesIn(guild, ana)).toEqual(before);
});

/** The timer at the end of a case was run, and will be run again. */
async function triedAgain({ id }: GuildHandle): Promise<void> {
	const prisma = shared.db;
	const where = { guildId: BigInt(id), kind: 'moderationExpire', attempts: { gt: 0 } };
	await eventually('the timer was tried', async () => (await prisma.scheduledTask.count({ where })) === 1);
}
