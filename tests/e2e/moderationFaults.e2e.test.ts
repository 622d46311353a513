import { PermissionFlagsBits as Bits } from 'discord.js';
import { afterAll, expect, test } from 'vitest';
import type { GuildHandle } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { configureModeration } from '../support/moderationConfig.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks } from '../support/staff.js';

const shared = sharedHouse();

afterAll(() => {
	// A timer that had all its tries is said as an error on purpose: the one whose permission was taken away.
	const errors = shared.house.output
		.split('\n')
		.filter((line) => /"level":"(?:error|fatal)"/.test(line) && !line.includes('A timer was given up'));
	expect(errors).toEqual([]);
});

const all = Bits.BanMembers | Bits.ModerateMembers | Bits.ManageRoles | Bits.ManageChannels | Bits.ManageNicknames | Bits.KickMembers;
const talks = Bits.ViewChannel | Bits.SendMessages | Bits.EmbedLinks | Bits.ReadMessageHistory | Bits.ManageMessages;
const isAbout = ({ id, channels }: GuildHandle, path: string) => path.includes(id) || channels.some((channel) => path.includes(channel.id));
const refusals = async (guild: GuildHandle) =>
	(await shared.house.discord.requests(({ status, path }) => status === 403 && isAbout(guild, path))).length;
const roleOfBot = async ({ id, owner }: GuildHandle) => {
	const { roles } = Object(await owner.api.get(`/guilds/${id}/members/${shared.house.discord.description.applicationId}`));
	return String(roles[0]);
};
const casesOf = async ({ id }: GuildHandle) =>
	shared.db.moderationCase.findMany({ where: { guildId: BigInt(id) }, orderBy: { number: 'asc' } });

/** A server with a log channel and staff who take turns, so that nobody meets a cooldown. */
async function withLog(names: readonly string[], config: object = {}) {
	const staff = ['mod1', 'mod2', 'mod3', 'mod4', 'mod5'];
	const rooms = ['room-1', 'room-2', 'room-3', 'room-4'];
	const guild = await shared.house.discord.guild({
		members: [...names, ...staff],
		roles: [{ name: 'Staff', permissions: '8', holders: staff }],
		channels: [...rooms, 'mod-logs'],
		botPermissions: String(all | talks)
	});
	const log = guild.channel('mod-logs');
	await configureModeration(shared.db, guild, { logChannelId: BigInt(log.id), dmActions: [], ...config });
	const mods = guild.members.slice(names.length);
	let turns = 0;
	const says = (line: string, answer: RegExp) => {
		const [mod, room] = [mods[turns % mods.length], rooms[turns % rooms.length]];
		turns += 1;
		if (mod === undefined || room === undefined) throw new Error('There is nobody whose turn it is');
		return asks(mod, guild.channel(room), line, answer);
	};
	const staffRole = guild.roles.find(({ name }) => name === 'Staff')?.id ?? '';
	return { guild, owner: guild.owner, members: guild.members.slice(0, names.length), log, says, staffRole };
}

test('a permission that is taken away before the end: a few tries, one notice, and no more', async () => {
	const { guild, owner, members, log, says } = await withLog(['ana', 'bea']);
	const [ana, bea] = members;
	if (!ana || !bea) throw new Error('Somebody is missing');
	await says(`;tempban ${ana.mention} 60s raid`, /was banned/);
	const bot = await roleOfBot(guild);
	await owner.api.patch(`/guilds/${guild.id}/roles/${bot}`, { permissions: String((all | talks) & ~Bits.BanMembers) });
	await says(`;ban ${bea.mention} spam`, /I (?:need|lack|don't have)|I .*Ban Members/i);
	const notices = async () => (await owner.messages(log)).filter(({ text }) => /#1/.test(text) && !/raid/.test(text));
	await eventually('the staff hear of it', async () => {
		await shared.house.passTime({ minutes: 125 });
		return (await notices()).length > 0;
	});
	await shared.house.passTime({ days: 2 });
	expect(await notices()).toHaveLength(1);
	expect(await refusals(guild)).toBeLessThanOrEqual(6);
	expect((await casesOf(guild)).length).toBe(1);
});

test('a case that changes while Discord does not answer is shown once, as it is now', async () => {
	const { owner, members, log, says } = await withLog(['ana']);
	const [ana] = members;
	if (!ana) throw new Error('Somebody is missing');
	const shown = async () => (await owner.messages(log)).map(({ text }) => text);
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `channels/${log.id}/messages$`, times: -1 });
	await says(`;warn ${ana.mention} spam`, /was warned/);
	await eventually('the case is shown, and the bot does not hear of it', async () => (await shown()).length === 1);
	await says(';reason 1 raid', /is now: raid/);
	await shared.house.discord.faults.clear();
	await shared.house.passTime({ minutes: 1, seconds: 1 });
	await eventually('its message says what is true now', async () => /raid/.test((await shown()).join()));
	expect(await shown()).toHaveLength(1);
});

test('a role that was moved above the bot: one clear answer, no case, and no request that must fail', async () => {
	const { guild, owner, members, says, staffRole } = await withLog(['ana']);
	const [ana] = members;
	if (!ana) throw new Error('Somebody is missing');
	const top = Object(await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Top' }));
	await owner.api.put(`/guilds/${guild.id}/members/${ana.id}/roles/${String(top.id)}`);
	const positions = [
		{ id: staffRole, position: 60 },
		{ id: String(top.id), position: 50 }
	];
	await owner.api.patch(`/guilds/${guild.id}/roles`, positions);
	for (const word of ['kick', 'ban', 'mute', 'nickname', 'softban'])
		await says(`;${word} ${ana.mention} why`, /role as high as mine or higher/);
	expect(await refusals(guild)).toBe(0);
	expect(await casesOf(guild)).toEqual([]);
});

test('a permission that is lost in the middle: Discord says no once, who asked is told, no case is left, and the next one works', async () => {
	const { guild, owner, members, says } = await withLog(['ana']);
	const [ana] = members;
	if (!ana) throw new Error('Somebody is missing');
	const bot = await roleOfBot(guild);
	const permissions = (held: bigint) => owner.api.patch(`/guilds/${guild.id}/roles/${bot}`, { permissions: String(held) });
	// The bot does not hear of it in time.
	const { applicationId: userId } = shared.house.discord.description;
	await shared.house.discord.faults.gateway('spoil', { userId, fate: 'lose', types: ['GUILD_ROLE_UPDATE'], times: 1 });
	await permissions(talks);
	await says(`;ban ${ana.mention} spam`, /Discord does not let me do that/);
	expect(await refusals(guild)).toBe(1);
	expect(await casesOf(guild)).toEqual([]);
	expect(await shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
	await permissions(all | talks);
	await says(`;ban ${ana.mention} spam`, /was banned[\s\S]*Case #1/);
});

test('everything that was set or acted upon is deleted by hand: nothing breaks, and nothing is asked for again and again', async () => {
	const { guild, owner, members, log, says } = await withLog(['ana', 'bea', 'cleo'], { protectedRoleIds: [1n] });
	const [ana, bea, cleo] = members;
	if (!ana || !bea || !cleo) throw new Error('Somebody is missing');
	await says(`;mute ${ana.mention} 2h spam`, /is muted/);
	await says(`;tempban ${bea.mention} 2h raid`, /was banned/);
	await eventually('both stand in the log', async () => (await owner.messages(log)).filter(({ isBot }) => isBot).length === 2);
	for (const message of await owner.messages(log)) await owner.remove(message);
	await says(';lock #room-4', /Case #3/);
	await says(';slowmode 10s #room-3 60s', /Slow mode of/);

	await owner.api.delete(`/channels/${log.id}`);
	for (const name of ['room-3', 'room-4']) await owner.api.delete(`/channels/${guild.channel(name).id}`);
	await owner.api.delete(`/guilds/${guild.id}/bans/${bea.id}`);
	await owner.api.delete(`/guilds/${guild.id}/members/${ana.id}`);
	const here = guild.channel('room-1');
	const at = (line: string, answer: RegExp) =>
		owner.send(here, line).then(() => owner.expectMessage(here, (message) => message.isBot && answer.test(message.text)));
	await at(';reason 1 another reason', /another reason/);
	await at(`;kick ${cleo.mention} bye`, /was kicked/);
	for (const minutes of [2, 10, 60, 121, 300, 600]) await shared.house.passTime({ minutes });
	await eventually(
		'everything has ended',
		async () => (await casesOf(guild)).filter(({ state, expiresAt }) => state === 'active' && expiresAt !== null).length === 0
	);
	await eventually('no timer is left', async () => (await shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id) } })) === 0);
	expect(await refusals(guild)).toBe(0);
	const failed = await shared.house.discord.requests(({ status, path }) => status === 404 && isAbout(guild, path));
	expect(failed.length).toBeLessThan(25);
});
