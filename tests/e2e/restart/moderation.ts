import { PermissionFlagsBits } from 'discord.js';
import { expect } from 'vitest';
import type { Outcome } from '../../../emulator/driver/index.js';
import { flatten } from '../../../emulator/driver/messages.js';
import { type Crewed, crewedServer, say, slash } from '../../support/crew.js';
import { eventually } from '../../support/eventually.js';
import { held, jailServer } from '../../support/jails.js';
import { isBanned } from '../../support/restrictionPlace.js';
import { asks, notKnown, slashes, staffedServer } from '../../support/staff.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

const buttonsOf = ({ components }: { components: Parameters<typeof flatten>[0] }) =>
	flatten(components).flatMap(({ label }) => (typeof label === 'string' ? [label] : []));
const messageOf = ({ message }: Outcome) => {
	if (message === null) throw new Error('No answer came');
	return message;
};

export function moderationStories(here: TogetherHouse): void {
	const casesOf = ({ id }: { readonly id: string }) =>
		here.db.moderationCase.findMany({ where: { guildId: BigInt(id) }, orderBy: { number: 'asc' } });
	/** Without those of what the owner did by hand. */
	const ownCasesOf = ({ id }: { readonly id: string }) =>
		here.db.moderationCase.findMany({ where: { guildId: BigInt(id), auditEntryId: null }, orderBy: { number: 'asc' } });
	const settingsOf = ({ guild }: Crewed) => here.db.moderationConfig.findUniqueOrThrow({ where: { guildId: BigInt(guild.id) } });
	const jailed = async ({ id }: { readonly id: string }) =>
		(await here.db.jailEntry.findMany({ where: { guildId: BigInt(id) } })).map(({ userId }) => String(userId));

	here.story('a ban for a time ends by itself, also when the bot was down', async () => {
		const guild = await here.house.discord.guild({ members: ['ana'] });
		const [ana] = guild.members;
		if (!ana) throw new Error('The server is not complete');
		const general = guild.channel('general');
		await guild.owner.send(general, `;ban <@${ana.id}> 1h raid`);
		await guild.owner.expectMessage(general, /Until:/);
		await here.outage();
		await eventually('the ban is over', async () => !(await isBanned(guild, ana)));
		await eventually('the case says so', async () => (await casesOf(guild))[0]?.state === 'expired');
	});

	here.story('a ban gets another end: its timer moves, longer and shorter, and what is over stays over', async () => {
		const server = await crewedServer(here.house.discord, { members: ['ana', 'bea'] });
		const [ana, bea] = server.members;
		if (!ana || !bea) throw new Error('The server is not complete');
		await say(server, `;ban <@${ana.id}> 1h raid`, /Until/);
		await say(server, `;ban <@${bea.id}> 5h raid`, /Until/);
		await say(server, ';duration 1 3h', /Case #1 now ends/);
		const shorter = await slash(server, 'case duration', { number: 2, length: '2h' });
		expect(shorter.text).toContain('Case #2 now ends');
		await say(server, ';duration 1 3h', /lasts that long already/);
		await here.outage();
		await say(server, ';duration 1 1h', /Then case #1 would be over already/);
		const bans = async () => JSON.stringify(await server.owner.api.get(`/guilds/${server.guild.id}/bans`));
		await eventually('bea may come back', async () => !(await bans()).includes(bea.id));
		expect(await bans()).toContain(ana.id);
		await here.hour();
		await eventually('ana may come back', async () => !(await bans()).includes(ana.id));
		await eventually('the case says so', async () => (await casesOf(server.guild))[0]?.state === 'expired');
		await say(server, ';duration 1 9h', /Case #1 is over already/);
	});

	here.story('what ended while the bot was down ends once, within ten seconds of its start', async () => {
		const server = await staffedServer(here.house, ['ana', 'bea', 'cleo'], { roles: ['Guests'] });
		const { max, admin, owner, general } = server;
		const [ana, bea, cleo] = ['ana', 'bea', 'cleo'].map((name) => server.person(name));
		if (!ana || !bea || !cleo) throw new Error('Somebody is missing');
		const slowness = async () => (await owner.api.object(`/channels/${general.id}`))['rate_limit_per_user'];
		await asks(max, general, `;tempban ${ana.mention} 2h raid`, /\*\*ana\*\* was banned/);
		await asks(max, general, `;mute ${bea.mention} 2h spam`, /\*\*bea\*\* is muted/);
		await asks(admin, general, ';slowmode 10s #general 2h', /Slow mode of/);
		expect(await slowness()).toBe(10);
		await asks(owner, general, `;temprole ${cleo.mention} Guests 2h`, /Until:/);
		expect((await server.member(cleo))?.['roles']).toContain(server.role('Guests').id);
		let before = 0;
		await here.outage(async () => {
			before = (await here.house.discord.requests()).length;
		});
		const begun = performance.now();
		await eventually('all of them are over', async () => (await casesOf(server)).filter(({ state }) => state === 'expired').length === 4);
		expect(performance.now() - begun).toBeLessThan(10_000);
		expect(await server.isBanned(ana)).toBe(false);
		await here.hour();
		const after = (await here.house.discord.requests())
			.slice(before)
			.filter(
				({ method, path }) => method !== 'GET' && !path.includes('/messages') && (path.includes(server.id) || path.includes(general.id))
			);
		expect(after.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
			`DELETE /guilds/${server.id}/bans/${ana.id}`,
			`DELETE /guilds/${server.id}/members/${cleo.id}/roles/${server.role('Guests').id}`,
			`PATCH /channels/${general.id}`
		]);
		expect(await slowness()).toBe(0);
	});

	here.story('a time in jail ends by itself, also when the bot was down; who came back meanwhile is found; who left is free', async () => {
		const server = await jailServer(here.house, ['ana', 'bea', 'cleo'], ['Bakers']);
		const { max, mia, admin, general, jailRole } = server;
		const [ana, bea, cleo] = [server.person('ana'), server.person('bea'), server.person('cleo')];
		await server.give(ana, server.role('Bakers'));
		await asks(max, general, `;jail ${ana.mention} loud 2h`, /is in jail[\s\S]*Until:[\s\S]*Reason: loud\n/);
		await asks(mia, general, `;jail ${bea.mention} 90m`, /is in jail/);
		await asks(admin, general, `;jail ${cleo.mention}`, /is in jail/);
		await Promise.all([bea.leave(server.id), cleo.leave(server.id)]);
		await here.outage(async () => {
			await server.comesBack(cleo);
			expect(await held(server, cleo)).toEqual([]);
		});
		await eventually('cleo is in jail again', async () => (await held(server, cleo))?.includes(jailRole.id) === true);
		await eventually('ana is free', async () => (await held(server, ana))?.join() === server.role('Bakers').id);
		await eventually('only cleo is left', async () => (await jailed(server)).join() === cleo.id);
		await server.comesBack(bea);
		expect(await held(server, bea)).toEqual([]);
		await cleo.leave(server.id);
		await expect(ana.slash(general, 'mod jail free', { user: cleo.id })).resolves.toMatchObject({
			ephemeral: true,
			text: expect.stringContaining('You need these permissions for that: Manage Channels')
		});
		const freed = await slashes(server.owner, general, 'mod jail free', { user: cleo.id, reason: 'she left' });
		expect(freed.text).toMatch(/\*\*cleo\*\* is out of jail[\s\S]*she left/);
		expect(await jailed(server)).toEqual([]);
	});

	here.story('the panel shows who somebody is, and its buttons do what their commands do, for whoever may use those', async () => {
		const server = await staffedServer(here.house, ['ana', 'bea', 'helper']);
		const { max, admin, owner, guild, general } = server;
		const [ana, bea, helper] = [server.person('ana'), server.person('bea'), server.person('helper')];
		const helpers = Object(
			await owner.api.post(`/guilds/${guild.id}/roles`, { name: 'Helpers', permissions: String(PermissionFlagsBits.ManageMessages) })
		);
		await server.give(helper, { id: String(helpers.id) });

		await asks(ana, general, `;moderate ${bea.mention}`, /You need these permissions for that: Manage Messages/);
		const panel = messageOf(await slashes(helper, general, 'moderate', { member: ana.id }));
		expect(panel.ephemeral).toBe(true);
		expect(panel.text).toMatch(new RegExp(`Moderate ana[\\s\\S]*<@${ana.id}>[\\s\\S]*Joined[\\s\\S]*Cases\\nnone`));
		expect(buttonsOf(panel)).toEqual(['Warn', 'Mute', 'Kick', 'Ban', 'Note', 'Cases']);
		expect((await helper.click(panel, 'Ban')).text).toContain('You need these permissions for that: Ban Members');
		expect((await helper.click(panel, 'Cases')).text).toContain('There are no such cases');

		const own = await asks(max, general, `;moderate ${ana.mention}`, /Moderate ana/);
		expect(own.mentions).toEqual([]);
		const form = await max.click(own, 'Mute');
		expect(form.modal?.title).toBe('Mute ana');
		const wrong = await max.submitModal(form, { duration: 'soon', reason: 'shouting' });
		expect(wrong.text).toContain('`soon` is not a length of time');
		const muted = await max.submitModal(await max.click(own, 'Mute'), { duration: '2h', reason: 'shouting' });
		expect(muted).toMatchObject({ ephemeral: true });
		expect(muted.text).toMatch(/\*\*ana\*\* is muted[\s\S]*shouting[\s\S]*Case #1/);
		expect((await server.member(ana))?.['communication_disabled_until']).toEqual(expect.any(String));

		await here.end();
		expect((await max.click(own, 'Cases')).text).toMatch(/Cases of ana[\s\S]*#1[\s\S]*shouting/);
		const again = await asks(max, general, `;moderate ${ana.mention}`, /Moderate ana/);
		expect(again.text).toMatch(/Muted until[\s\S]*Still count[\s\S]*#1/);
		await max.submitModal(await max.click(again, 'Kick'), { reason: '' });
		await eventually('she is out', async () => (await server.member(ana)) === null);
		const stranger = await asks(max, general, `;moderate ${ana.id}`, /not in this server/);
		expect(buttonsOf(stranger)).not.toContain('Kick');

		const above = await asks(max, general, `;moderate ${admin.mention}`, /Moderate admin/);
		const refused = await max.submitModal(await max.click(above, 'Ban'), { reason: 'coup' });
		expect(refused.text).toContain('role as high as yours or higher');
		expect((await casesOf(server)).map(({ type }) => type)).toEqual(['mute', 'kick']);
	});

	here.story('what is deleted while the bot is away is forgotten when it comes back', async () => {
		const server = await crewedServer(here.house.discord, { members: ['ana'], roles: [{ name: 'Partners' }], channels: ['mod-log'] });
		const { owner, guild } = server;
		await say(server, ';modlog #mod-log', /Cases are now shown here/);
		await say(server, ';protectedrole add Partners', /alone from now on/);
		await here.end(() => owner.api.delete(`/guilds/${guild.id}/roles/${server.role('Partners').id}`));
		await eventually('the log channel hears of it', async () =>
			(await owner.messages(guild.channel('mod-log'))).some(({ text }) => text.includes('It is off the list now'))
		);
		expect((await settingsOf(server)).protectedRoleIds).toEqual([]);
		await owner.api.delete(`/channels/${guild.channel('mod-log').id}`);
		await eventually('the channel is forgotten', async () => (await settingsOf(server)).logChannelId === null);
	});

	here.story('a warning that was given before a crash still leads to what follows, once', async () => {
		const server = await crewedServer(here.house.discord, { members: ['ana'] });
		const [ana] = server.members;
		if (!ana) throw new Error('The server is not complete');
		await say(server, ';warn thresholds add 1 mute 1h', /From now on/);
		await here.house.discord.faults.rest('status', { method: 'PATCH', path: `${server.guild.id}/members/\\d+$`, times: -1, status: 503 });
		await say(server, `;warn <@${ana.id}>`, /was warned/);
		await eventually(
			'it was tried',
			async () => (await here.db.scheduledTask.count({ where: { kind: 'moderationFinish', guildId: BigInt(server.guild.id) } })) > 0
		);
		await here.crash(() => here.house.discord.faults.clear());
		await here.minutes();
		await eventually('the mute has its case', async () => (await casesOf(server.guild)).length === 2);
		await here.hour();
		await eventually('nothing is left', async () => {
			const where = { guildId: BigInt(server.guild.id), kind: { in: ['moderationFinish', 'moderationEscalate'] } };
			return (await here.db.scheduledTask.count({ where })) === 0;
		});
		expect((await casesOf(server.guild)).map(({ type }) => type)).toEqual(['warn', 'mute']);
	});

	here.story(
		'who was let out of jail when the answer was lost stays out, though the bot is away for longer than it keeps orders',
		async () => {
			const server = await jailServer(here.house, ['ana'], ['Bakers']);
			const { owner, general } = server;
			const ana = server.person('ana');
			const bakers = server.role('Bakers').id;
			const member = `/guilds/${server.id}/members/${ana.id}`;
			await server.give(ana, server.role('Bakers'));
			const jailed = await asks(owner, general, `;jail ${ana.mention} loud`, /\*\*ana\*\* is in jail/);
			expect(jailed.text).toContain(bakers);
			await here.house.discord.faults.rest('lost-answer', { method: 'PATCH', path: `${member}$`, times: 1 });
			await asks(owner, general, `;unjail ${ana.mention}`, notKnown);
			await here.outage();
			await here.hour();
			await eventually(
				'nothing is left',
				async () => (await here.db.scheduledTask.count({ where: { guildId: BigInt(server.id), kind: { startsWith: 'moderation' } } })) === 0
			);
			expect(Object(await owner.api.get(member)).roles).toEqual([bakers]);
			expect((await ownCasesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual(['jail undone', 'unjail active']);
			const again = await here.house.discord.requests(({ method, path }) => method === 'PUT' && path.startsWith(`${member}/roles/`));
			expect(again).toEqual([]);
		}
	);
}
