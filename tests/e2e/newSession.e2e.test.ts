import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { accessPlace, botIn } from '../support/accessPlace.js';
import { eventually } from '../support/eventually.js';
import { type House, openHouse } from '../support/house.js';
import { channelsOf, jailServer } from '../support/jails.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { type Asked, isHousekeeping, type TappedServers, tapServers } from '../support/tappedServers.js';

const shared = sharedHouse();
/** Discord may let the bot wait for its turn to log in. */
const patience = 20_000;

/** Does something of which no event of these types comes, in this session or a replay of it. */
async function unheard(types: readonly string[], work: () => Promise<unknown>): Promise<void> {
	const { faults } = shared.house.discord;
	await faults.gateway('spoil', { fate: 'lose-for-good', types: [...types], times: -1 });
	await work();
	await faults.clear();
}

const newSession = () => shared.house.discord.faults.gateway('invalidate', { resumable: false });

const settingsOf = ({ id }: GuildHandle) => shared.db.moderationConfig.findUnique({ where: { guildId: BigInt(id) } });

/** A server whose settings name three roles and three channels. */
async function settledServer() {
	const { discord } = shared.house;
	const guild = await discord.guild({
		members: ['ada', 'bob'],
		channels: ['general', 'rules', 'old', 'mod-log'],
		roles: [{ name: 'Partners' }, { name: 'Helpers' }, { name: 'Readers' }, { name: 'admins', permissions: '8', holders: ['ada', 'bob'] }]
	});
	const [ada, bob] = guild.members;
	if (!ada || !bob) throw new Error('The server is not complete');
	const { owner } = guild;
	const says = async (person: UserDriver, channel: string, text: string, answer: RegExp) => {
		await person.send(guild.channel(channel), text);
		await person.expectMessage(guild.channel(channel), answer);
	};
	await says(ada, 'general', ';protectedrole add Partners', /alone from now on/);
	await says(ada, 'general', ';modlog #mod-log', /Cases are now shown here/);
	await says(owner, 'general', ';fakepermissions add Helpers manage_guild', /has this with me now/);
	// Three such commands are the most that a server may ask for at once.
	await shared.house.passTime({ seconds: 11 });
	await says(owner, 'rules', ';restrictcommand add seen Readers', /`seen` is kept for/);
	await says(bob, 'rules', ';disablemodule add afk #old', /afk/);
	await says(bob, 'rules', ';lockdown ignore #rules', /No lock touches/);
	await says(owner, 'old', ';lock', /is locked/);
	const where = { guildId: BigInt(guild.id) };
	return {
		guild,
		owner,
		role: (name: string) => guild.roles.find((role) => role.name === name)?.id,
		/** How much of its settings names a role or channel. */
		async named() {
			const { protectedRoleIds, logChannelId } = (await settingsOf(guild)) ?? { protectedRoleIds: [], logChannelId: null };
			return {
				protectedRoles: protectedRoleIds.length,
				logChannel: logChannelId === null ? 0 : 1,
				fakePermissions: await shared.db.fakePermission.count({ where }),
				restrictions: await shared.db.commandRestriction.count({ where }),
				modulesOff: await shared.db.disabledCommand.count({ where }),
				ignored: await shared.db.lockIgnore.count({ where }),
				locks: await shared.db.channelLock.count({ where })
			};
		}
	};
}

type Settled = Awaited<ReturnType<typeof settledServer>>;

const all = { protectedRoles: 1, logChannel: 1, fakePermissions: 1, restrictions: 1, modulesOff: 1, ignored: 1, locks: 1 };
const none = { protectedRoles: 0, logChannel: 0, fakePermissions: 0, restrictions: 0, modulesOff: 0, ignored: 0, locks: 0 };

async function deleteAll({ guild, owner, role }: Settled): Promise<void> {
	for (const name of ['Partners', 'Helpers', 'Readers']) await owner.api.delete(`/guilds/${guild.id}/roles/${role(name)}`);
	for (const name of ['rules', 'old', 'mod-log']) await owner.api.delete(`/channels/${guild.channel(name).id}`);
}

const forgotten = ({ named }: Settled) =>
	eventually('nothing names what is gone', async () => JSON.stringify(await named()) === JSON.stringify(none), patience);

test('roles and channels that were deleted while no event came are forgotten in a new session', async () => {
	const server = await settledServer();
	const untouched = await settledServer();
	await unheard(['GUILD_ROLE_DELETE', 'CHANNEL_DELETE'], () => deleteAll(server));
	expect(await server.named()).toEqual(all);
	await newSession();
	await forgotten(server);
	expect(await untouched.named()).toEqual(all);
});

test('a channel that was made while no event came is hidden from the jail in a new session', async () => {
	const server = await jailServer(shared.house, []);
	await unheard(['CHANNEL_CREATE'], () => server.owner.api.post(`/guilds/${server.id}/channels`, { name: 'fresh', type: 0 }));
	const overwrites = async () => (await channelsOf(server)).find(({ name }) => name === 'fresh')?.permission_overwrites ?? [];
	expect(await overwrites()).toEqual([]);
	await newSession();
	await eventually('it is hidden', async () => (await overwrites()).some(({ id }) => id === server.jailRole.id), patience);
});

test('in a server that cannot be reached nothing is forgotten until it is back, in a new session or in the same', async () => {
	const { discord } = shared.house;
	const server = await settledServer();
	const beside = await settledServer();
	await discord.control('POST', '/guild', { guild_id: server.guild.id, unavailable: true });
	await unheard(['GUILD_ROLE_DELETE', 'CHANNEL_DELETE'], () => deleteAll(beside));
	await newSession();
	await forgotten(beside);
	expect(await server.named()).toEqual(all);
	await discord.control('POST', '/guild', { guild_id: server.guild.id, unavailable: false });
	await unheard(['GUILD_ROLE_DELETE', 'CHANNEL_DELETE'], () => deleteAll(server));
	await discord.control('POST', '/guild', { guild_id: server.guild.id, unavailable: true });
	await discord.control('POST', '/guild', { guild_id: server.guild.id, unavailable: false });
	await forgotten(server);
});

test('servers that were left or joined while no event came are noticed in a new session', async () => {
	const { discord } = shared.house;
	const { applicationId } = discord.description;
	const [left, away] = [await discord.guild(), await discord.guild()];
	const joined = await discord.guild({ bot: false });
	const barred = await accessPlace(shared.house, shared.runners, { bot: false });
	const office = await accessPlace(shared.house, shared.runners);
	await shared.runners.owner.connect();
	await shared.runners.owner.send(office.general, `;blacklistg ${barred.guild.id}`);
	await shared.runners.owner.expectMessage(office.general, /is on the blacklist. I was not in it/);
	const leftAt = async ({ id }: { readonly id: string }) => {
		const row = await shared.db.guild.findUnique({ where: { guildId: BigInt(id) } });
		return row === null ? 'not stored' : row.leftAt;
	};
	for (const guild of [left, away]) await eventually('it is stored', async () => (await leftAt(guild)) === null);
	await discord.control('POST', '/guild', { guild_id: away.id, unavailable: true });
	await unheard(['GUILD_DELETE', 'GUILD_CREATE'], async () => {
		await left.owner.api.delete(`/guilds/${left.id}/members/${applicationId}`);
		for (const { id, owner } of [joined, barred.guild]) await owner.inviteBot(id);
	});
	expect(await leftAt(left)).toBeNull();
	expect(await leftAt(joined)).toBe('not stored');
	await newSession();
	await eventually('one is left', async () => (await leftAt(left)) instanceof Date, patience);
	await eventually('one is joined', async () => (await leftAt(joined)) === null, patience);
	await eventually('one may not have the bot', async () => !(await botIn(shared.house, barred)), patience);
	expect(await leftAt(away)).toBeNull();
	await joined.owner.connect();
	await joined.owner.send(joined.channel('general'), ';ping');
	await joined.owner.expectMessage(joined.channel('general'), /Pong/);
});

describe('behind the gate, with two shards', () => {
	const seen: Asked[] = [];
	let house: House;
	let servers: TappedServers;
	beforeAll(async () => {
		house = await openHouse({ start: false });
		servers = await tapServers(house, { asked: (asked) => void seen.push(asked) });
		// They had the bot before there was a gate.
		for (let count = 0; count < 30; count += 1) await house.discord.guild();
		await house.start({ ...servers.env, GUILD_GATE: 'true', SHARD_COUNT: '2' });
	});
	afterAll(async () => {
		await house[Symbol.asyncDispose]();
		await servers.close();
	});

	const statements = () => seen.filter((asked) => asked.server === 'postgres' && !isHousekeeping(asked)).map(({ what }) => what);
	const times = (label: string) => statements().filter((what) => what.includes(`/* ${label} */`)).length;
	const lookedAt = () => eventually('both shards are looked at', async () => times('house: left while away') >= 2, patience);

	test('each shard is looked at once at the start', async () => {
		await lookedAt();
		for (const label of ['house: present', 'house: left while away', 'house: locales of servers']) expect(times(label)).toBe(2);
	});

	test('a new session costs a few statements, however many servers there are', async () => {
		seen.length = 0;
		await house.discord.faults.gateway('invalidate', { resumable: false });
		await lookedAt();
		const ofModules = () => statements().filter((what) => what.includes('FROM "public"."lock_ignore"')).length;
		await eventually('the modules have looked too', async () => ofModules() >= 2);
		expect(times('house: locales of servers')).toBe(0);
		expect(statements().length).toBeLessThanOrEqual(2 * 14);
	});

	test('a server that was joined while no event came hears why and is left in a new session', async () => {
		const { faults } = house.discord;
		const there = await house.discord.guild({ channels: ['lounge'], bot: false });
		const lounge = there.channel('lounge');
		await there.owner.api.patch(`/guilds/${there.id}`, { system_channel_id: lounge.id });
		await there.owner.connect();
		await faults.gateway('spoil', { fate: 'lose-for-good', types: ['GUILD_CREATE'], times: -1 });
		await there.owner.inviteBot(there.id);
		await faults.clear();
		await faults.gateway('invalidate', { resumable: false });
		await there.owner.expectMessage(lounge, /This server may not have me yet/, patience);
		await eventually('it is left', async () => !(await botIn(house, { guild: there })), patience);
	});
});
