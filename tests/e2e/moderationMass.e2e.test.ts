import { expect, test } from 'vitest';
import type { Outcome, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { bansOf, strangers } from '../support/crowds.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

const db = async () => shared.db;
const casesOf = async ({ id }: StaffedServer) =>
	(await db()).moderationCase.findMany({ where: { guildId: BigInt(id), auditEntryId: null }, orderBy: { number: 'asc' } });
async function yes(who: UserDriver, { message }: Outcome): Promise<void> {
	if (message === null) throw new Error('No question came');
	await who.click(message, 'Yes');
}
const textOf = async ({ attachments: [file] }: SeenMessage) => (await fetch(String(Object(file).url))).text();

test('many are banned at once: each is judged, a file says who was not and why, and there is one case', async () => {
	const server = await staffedServer(shared.house, ['ana', 'boss']);
	const { admin, max, owner, general } = server;
	const [ana, boss] = [server.person('ana'), server.person('boss')];
	await server.give(boss, server.role('Admins'));
	const [stranger = '', banned = ''] = await strangers(shared.house, 2, 'raider');
	await owner.api.put(`/guilds/${server.id}/bans/${banned}`, {});
	const nobody = '123456789012345678';

	await asks(max, general, `;massban ${ana.id} raid`, /You need these permissions for that: Administrator/);
	await asks(admin, general, ';massban raid', /Tell me whom to ban/);
	const line = `;massban ${ana.mention} ${stranger}, ${banned} ${admin.id} ${boss.id} ${owner.id} ${nobody} ${ana.id} a raid`;
	const question = await asks(admin, general, line, /Ban 7 people\?/);
	await admin.click(question, 'Yes');
	const progress = await admin.expectMessage(general, /Ban 7 people/);
	const summary = await admin.expectEdit(progress, /Finished, but 4 failed/);
	expect(summary.text).toMatch(/Done\n2[\s\S]*Failed\n4[\s\S]*Nothing to do\n1/);
	const file = await textOf(summary);
	expect(file).toMatch(new RegExp(`${admin.id}.*that is you`));
	expect(file).toMatch(new RegExp(`${boss.id}.*role as high as yours`));
	expect(file).toMatch(new RegExp(`${owner.id}.*owns the server`));
	expect(file).toMatch(new RegExp(`${nobody}.*no such user`));
	expect(await bansOf(server)).toEqual(new Set([ana.id, stranger, banned]));
	expect(await casesOf(server)).toMatchObject([
		{
			type: 'massban',
			userId: null,
			moderatorId: BigInt(admin.id),
			reason: 'a raid',
			details: { total: 7, done: 2, failed: 4, skipped: 1 }
		}
	]);

	const again = await slashes(admin, general, 'mod mass ban', { ids: `${ana.id} ${stranger}`, reason: 'once more' });
	await yes(admin, again);
	const nothing = await admin.expectMessage(general, /Ban 2 people/);
	expect((await admin.expectEdit(nothing, /Finished\./)).text).toMatch(/Nothing to do\n2/);
	expect(await casesOf(server)).toHaveLength(1);
});

test('the owner lets everybody back in, after a question that says how many; their cases end', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { admin, max, owner, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	await asks(owner, general, ';unbanall', /Nobody is banned here/);
	await asks(max, general, `;ban ${ana.mention} 2d`, /was banned/);
	await owner.api.put(`/guilds/${server.id}/bans/${bea.id}`, {});
	await asks(admin, general, ';unbanall', /Only the owner of this server/);
	const question = await slashes(owner, general, 'mod mass unban');
	expect(question.text).toContain('Lift 2 bans?');
	await yes(owner, question);
	const progress = await owner.expectMessage(general, /Lift 2 bans/);
	await owner.expectEdit(progress, /Finished\./);
	expect(await bansOf(server)).toEqual(new Set());
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual(['ban undone', 'unbanall active']);
	expect(await (await db()).scheduledTask.count({ where: { guildId: BigInt(server.id), kind: 'moderationExpire' } })).toBe(0);
});

test('everybody is let speak again, but for those who stand as high as who asks', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea']);
	const { max, mia, admin, owner, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];
	await asks(max, general, ';untimeoutall', /Everybody may speak/);
	await asks(admin, general, `;mute ${ana.mention} 3h`, /is muted/);
	await asks(admin, general, `;mute ${mia.mention} 3h`, /is muted/);
	const until = new Date((await shared.house.discord.clock.now()) + 3_600_000).toISOString();
	await owner.api.patch(`/guilds/${server.id}/members/${bea.id}`, { communication_disabled_until: until });
	await asks(bea, general, ';uta', /You need these permissions/).catch((error: unknown) => expect(String(error)).toContain('50013'));
	const question = await slashes(max, general, 'mod mass untimeout');
	expect(question.text).toContain('Let 3 members speak again?');
	await yes(max, question);
	const progress = await max.expectMessage(general, /Let 3 members speak again/);
	const summary = await max.expectEdit(progress, /Finished, but one failed/);
	expect(await textOf(summary)).toMatch(new RegExp(`${mia.id}.*role as high as yours`));
	expect(await server.member(ana)).toMatchObject({ communication_disabled_until: null });
	expect(await server.member(bea)).toMatchObject({ communication_disabled_until: null });
	expect((await casesOf(server)).map(({ type, state }) => `${type} ${state}`)).toEqual([
		'mute undone',
		'mute active',
		'untimeoutall active'
	]);
});

test('a number that can be nobody’s id keeps nobody else from being banned', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { admin, general } = server;
	const question = await asks(admin, general, `;massban 99999999999999999999 ${server.person('ana').id} raid`, /Ban 2 people\?/);
	await admin.click(question, 'Yes');
	const progress = await admin.expectMessage(general, /Ban 2 people/);
	const summary = await admin.expectEdit(progress, /Finished, but one failed/);
	expect(await textOf(summary)).toMatch(/99999999999999999999.*no such user/);
	expect(await bansOf(server)).toEqual(new Set([server.person('ana').id]));
});
