import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { configureModeration } from '../support/moderationConfig.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
const casesOf = async ({ id }: StaffedServer) =>
	(await db()).moderationCase.findMany({ where: { guildId: BigInt(id) }, orderBy: { number: 'asc' } });
const timedOutUntil = async (server: StaffedServer, who: { id: string }) => {
	const until = (await server.member(who))?.['communication_disabled_until'];
	return typeof until === 'string' ? Date.parse(until) : null;
};

test('a moderator kicks a member, who is told why; who boosts is only kicked after a second word', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { max, mia, general, owner } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await ana.connect();

	const kicked = await asks(max, general, `;kick ${ana.mention} spam`, /\*\*ana\*\* was kicked/);
	expect(kicked.text).toMatch(/Reason: spam[\s\S]*Case #1/);
	expect(kicked.mentions).toEqual([]);
	expect((await ana.expectMessage(direct, /You were kicked from/)).text).toContain('spam');
	expect(await server.member(ana)).toBeNull();
	await asks(max, general, `;kick ${ana.mention}`, /could not find the member/);

	await bea.api.put(`/guilds/${server.id}/premium/subscriptions`);
	const question = await asks(mia, general, `;kick ${bea.mention} loud`, /boosts this server/);
	expect(await server.member(bea)).not.toBeNull();
	await mia.click(question, 'Yes');
	await eventually(
		'she is out, and there is a case',
		async () => (await server.member(bea)) === null && (await casesOf(server)).length === 2
	);
	expect(await casesOf(server)).toMatchObject([
		{ number: 1, type: 'kick', reason: 'spam', moderatorId: BigInt(max.id) },
		{ number: 2, type: 'kick', reason: 'loud', moderatorId: BigInt(mia.id) }
	]);
	expect(owner.id).not.toBe(max.id);
});

test('a mute is as long as the server has set, ends by hand, by its button, and by itself', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'cleo']);
	const { max, mia, general } = server;
	const [ana, bea, cleo] = [server.person('ana'), server.person('bea'), server.person('cleo')];
	const now = await shared.house.discord.clock.now();

	await asks(max, general, `;mute ${ana.mention}`, /\*\*ana\*\* is muted/);
	expect(((await timedOutUntil(server, ana)) ?? 0) - now).toBeGreaterThan(3_500_000);
	await asks(max, general, `;timeout ${ana.mention} 5m`, /\*\*ana\*\* is muted already/);
	await asks(max, general, `;untimeout ${ana.mention} sorry`, /\*\*ana\*\* may speak again/);
	expect(await timedOutUntil(server, ana)).toBeNull();

	const muted = await mia.slash(general, 'mute', { member: bea.id, duration: '2h', reason: 'shouting' });
	expect(muted.text).toMatch(/\*\*bea\*\* is muted[\s\S]*Until:[\s\S]*shouting/);
	if (muted.message === null) throw new Error('No answer came');
	expect((await mia.click(muted.message, 'Undo')).text).toContain('may speak again');
	expect(await timedOutUntil(server, bea)).toBeNull();
	await asks(mia, general, `;unmute ${bea.mention}`, /\*\*bea\*\* is not muted/);

	await asks(server.admin, general, `;mute ${cleo.mention} 10m`, /\*\*cleo\*\* is muted/);
	await shared.house.passTime({ minutes: 11 });
	await eventually('its case is over', async () => (await casesOf(server)).at(-1)?.state === 'expired');
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual([
		'mute undone',
		'unmute active',
		'mute undone',
		'unmute active',
		'mute expired'
	]);
});

test('who may not, whom one may not: each is told so, and nothing happens', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'high'], { roles: ['Low'] });
	const { max, mia, admin, owner, guild, general } = server;
	const [ana, bea, high] = [server.person('ana'), server.person('bea'), server.person('high')];
	const bot = shared.house.discord.description.applicationId;
	await asks(ana, general, `;kick ${bea.mention}`, /You need these permissions for that: Kick Members/);
	await asks(bea, general, `;mute ${ana.mention}`, /You need these permissions for that: /);
	await asks(max, general, `;mute ${max.mention}`, /cannot do that to yourself/);
	await asks(max, general, `;kick <@${bot}>`, /I will not do that to myself/);
	await asks(max, general, `;ban ${owner.mention}`, /owner of the server/);
	await asks(mia, general, `;kick ${max.mention}`, /role as high as yours or higher/);
	await asks(mia, general, `;softban ${admin.mention}`, /role as high as yours or higher/);
	await asks(owner, general, `;mute ${admin.mention}`, /does not let administrators be muted/);

	const top = Object(await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Top' }));
	await owner.api.patch(`/guilds/${guild.id}/roles`, [{ id: String(top.id), position: 50 }]);
	await server.give(high, { id: String(top.id) });
	await asks(owner, general, `;kick ${high.mention}`, /role as high as mine or higher/);
	expect(await casesOf(server)).toEqual([]);
	expect(await server.member(high)).not.toBeNull();
});

test('a softban takes what somebody wrote and lets him back in, as one case', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { max, general } = server;
	const ana = server.person('ana');
	const said = await ana.send(general, 'buy my things');
	await asks(max, general, `;softban ${ana.mention} adverts`, /\*\*ana\*\* was kicked, and what they wrote/);
	expect(await server.member(ana)).toBeNull();
	expect(await server.isBanned(ana)).toBe(false);
	expect((await max.messages(general)).some(({ id }) => id === said.id)).toBe(false);
	expect(await casesOf(server)).toMatchObject([{ type: 'softban', state: 'active', reason: 'adverts' }]);
	await server.comesBack(ana);
	expect((await max.slash(general, 'mod softban', { member: ana.id })).text).toContain('was kicked');
});

test('a ban for a time is moved by another one, made one for good on request, and never taken back by too much', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { max, mia, admin, general } = server;
	const ana = server.person('ana');
	await asks(max, general, `;tempban ${ana.mention} 1h raid`, /\*\*ana\*\* was banned[\s\S]*Until:/);
	const longer = await asks(max, general, `;tempban ${ana.id} 2d worse`, /\*\*ana\*\* was banned[\s\S]*Case #2/);
	expect(longer.components).toEqual([]);
	await shared.house.passTime({ hours: 2 });
	expect(await server.isBanned(ana)).toBe(true);
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual(['ban superseded', 'ban active']);

	const question = await asks(mia, general, `;ban ${ana.id}`, /is banned already, and may come back[\s\S]*for good/);
	await mia.click(question, 'Yes');
	await mia.expectMessage(general, /Case #3/);
	await shared.house.passTime({ days: 3 });
	expect(await server.isBanned(ana)).toBe(true);
	await asks(admin, general, `;tempban ${ana.id} 1h`, /\*\*ana\*\* is banned already/);
	const other = await asks(admin, general, `;ban ${ana.id} raid, and worse`, /banned already, by case #3[\s\S]*raid, and worse/);
	await admin.click(other, 'Yes');
	await admin.expectMessage(general, /The reason of case #3 is now: raid, and worse/);
	await asks(mia, general, `;ban ${ana.id}`, /\*\*ana\*\* is banned already\./);
	expect((await admin.slash(general, 'mod unban', { user: ana.id })).text).toContain('may come back');
	expect(await server.isBanned(ana)).toBe(false);
	expect((await max.slash(general, 'mod tempban', { user: ana.id, duration: '1h', reason: 'again' })).text).toContain('was banned');
});

test('a server that wants to be asked before a ban is asked, and judged again at the press', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { max, mia, owner, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	await configureModeration(shared.db, server, { confirmBan: true });
	const question = await asks(max, general, `;ban ${ana.mention} spam`, /Ban \*\*ana\*\*\?/);
	await owner.api.put(`/guilds/${server.id}/members/${ana.id}/roles/${server.role('Admins').id}`);
	expect((await max.click(question, 'Yes')).failed).toBe(false);
	await max.expectMessage(general, /role as high as yours or higher/);
	expect(await server.isBanned(ana)).toBe(false);

	const lost = await asks(max, general, `;ban ${bea.mention} spam`, /Ban \*\*bea\*\*\?/);
	await owner.api.delete(`/guilds/${server.id}/members/${max.id}/roles/${server.role('Mods').id}`);
	expect((await max.click(lost, 'Yes')).text).toContain('You need these permissions for that: Ban Members');
	expect(await server.isBanned(bea)).toBe(false);

	const second = await asks(mia, general, `;ban ${bea.mention} 7d spam`, /Ban \*\*bea\*\*\?/);
	await mia.click(second, 'Yes');
	await mia.expectMessage(general, /\*\*bea\*\* was banned/);
	expect(await server.isBanned(bea)).toBe(true);
});

test('a mute of months is renewed before Discord ends it, also over a crash, and given again to who comes back', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { max, mia, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	const isMuted = async (who: { id: string }) => ((await timedOutUntil(server, who)) ?? 0) > (await shared.house.discord.clock.now());
	await asks(max, general, `;mute ${ana.mention} 60d`, /\*\*ana\*\* is muted/);
	await asks(mia, general, `;mute ${bea.mention} 40d`, /\*\*bea\*\* is muted/);
	await shared.house.passTime({ days: 26 });
	expect(await isMuted(ana)).toBe(true);
	await shared.house.kill();
	await shared.house.passTime({ days: 1, hours: 1 });
	await shared.house.start();
	const renewed = async () => ((await timedOutUntil(server, ana)) ?? 0) - (await shared.house.discord.clock.now()) > 27 * 86_400_000;
	await eventually('it is renewed', renewed, 20_000);
	expect(await isMuted(bea)).toBe(true);

	await bea.leave(server.id);
	await shared.house.passTime({ days: 5 });
	await server.comesBack(bea);
	await eventually('she is muted again', () => isMuted(bea));

	await shared.house.passTime({ days: 9 });
	await eventually('it is over', async () => !(await isMuted(bea)));
	expect(await isMuted(ana)).toBe(true);
	await expect(bea.slash(general, 'mod unmute', { member: ana.id })).resolves.toMatchObject({
		ephemeral: true,
		text: expect.stringContaining('You need these permissions for that: Time Out Members')
	});
	expect((await slashes(max, general, 'mod unmute', { member: ana.id, reason: 'long enough' })).text).toContain('may speak again');
	expect(await isMuted(ana)).toBe(false);
	await shared.house.passTime({ days: 27 });
	expect(await isMuted(ana)).toBe(false);
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual(['mute undone', 'mute expired', 'unmute active']);
});

test('a name means who is called so, never somebody else whose name begins so; of several the moderator chooses', async () => {
	const server = await staffedServer(shared.house, ['beatrice', 'bea', 'rascal']);
	const { max, mia, admin, owner, general } = server;
	const [beatrice, bea, rascal] = [server.person('beatrice'), server.person('bea'), server.person('rascal')];
	await owner.api.patch(`/guilds/${server.id}/members/${rascal.id}`, { nick: 'Bea' });

	await asks(max, general, ';mute bea 5m', /\*\*bea\*\* is muted/);
	await asks(mia, general, ';ban @', /could not find the user/);
	const question = await asks(admin, general, ';ban be raid', /Several members fit `be`/);
	await admin.select(question, 'Choose one', [beatrice.id]);
	await admin.expectMessage(general, /\*\*beatrice\*\* was banned/);
	expect([await server.isBanned(beatrice), await server.isBanned(bea), await server.isBanned(rascal)]).toEqual([true, false, false]);
	expect(await casesOf(server)).toHaveLength(2);
});

test('a length of time in words is one, and one that nobody can be banned for bans nobody', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { max, mia, admin, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	await asks(max, general, `;ban ${ana.mention} 30s spam`, /That is too short: `1m` at least/);
	await asks(mia, general, `;ban ${ana.mention} 100y spam`, /That is too long: `1825d` at most/);
	expect(await server.isBanned(ana)).toBe(false);
	await asks(admin, general, `;ban ${ana.mention} 2 days spam`, /\*\*ana\*\* was banned[\s\S]*Until:[\s\S]*Reason: spam/);
	await asks(max, general, `;mute ${bea.mention} 1 week spam`, /\*\*bea\*\* is muted[\s\S]*Reason: spam/);
	expect((await casesOf(server)).map(({ at, expiresAt }) => Math.round(((expiresAt?.getTime() ?? 0) - at.getTime()) / 3_600_000))).toEqual([
		48, 168
	]);
});
