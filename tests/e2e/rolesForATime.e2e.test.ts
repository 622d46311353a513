import { beforeEach, describe, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, staffedServer } from '../support/staff.js';

const shared = sharedHouse();

let server: StaffedServer;
let ana: UserDriver;
let bea: UserDriver;
let role: { readonly id: string };

beforeEach(async () => {
	server = await staffedServer(shared.house, ['ana', 'bea'], { roles: ['Guests'] });
	[ana, bea, role] = [server.person('ana'), server.person('bea'), server.role('Guests')];
});

const place = (who: UserDriver) => `/guilds/${server.id}/members/${who.id}/roles/${role.id}`;
const holds = async (who: UserDriver) => JSON.stringify((await server.member(who))?.['roles'] ?? []).includes(role.id);
const hasEnded = (who: UserDriver) => eventually('the role is gone', async () => !(await holds(who)));
const gives = (who: UserDriver, length: string) =>
	asks(server.owner, server.general, `;temprole ${who.mention} Guests ${length}`, /\*\*(ana|bea)\*\*.*[\s\S]*Until:/);

/** Which people of the server have it for a time. */
async function kept(): Promise<readonly string[]> {
	const rows = await shared.db.temporaryRole.findMany({ where: { guildId: BigInt(server.id) }, select: { userId: true } });
	return rows.map(({ userId }) => `${userId}`);
}

const ends = () => shared.db.scheduledTask.count({ where: { guildId: BigInt(server.id), kind: 'moderationExpire' } });

async function statesOf(type: string): Promise<readonly string[]> {
	const where = { guildId: BigInt(server.id), type };
	return (await shared.db.moderationCase.findMany({ where, orderBy: { number: 'asc' } })).map(({ state }) => state);
}

/** Who joins later is looked after later: bea, who has hers still, tells that ana was looked at. */
async function bothComeBack(): Promise<void> {
	for (const who of [ana, bea]) await who.leave(server.id);
	for (const who of [ana, bea]) await server.comesBack(who);
	await eventually('bea has hers back', () => holds(bea));
}

describe('a role for a time that is taken away before', () => {
	test.each(['all', 'no-roles'])(
		'by hand in Discord is over, where %s by hand has a case: nothing gives it back or takes it again',
		async (external) => {
			await asks(server.owner, server.general, `;modconfig external ${external}`, /./);
			await gives(ana, '1h');
			await gives(bea, '2h');
			await server.owner.api.delete(place(ana));
			await eventually('nothing is kept of it', async () => (await kept()).join() === bea.id);
			expect([await ends(), await statesOf('role')]).toEqual([1, ['undone', 'active']]);
			await bothComeBack();
			expect(await holds(ana)).toBe(false);
			await server.give(ana, role);
			await shared.house.passTime({ minutes: 121 });
			await hasEnded(bea);
			expect(await holds(ana)).toBe(true);
		}
	);

	test('by a command is over: what is given later, for good or for another time, has nothing to do with it', async () => {
		const { owner, general } = server;
		for (const who of [ana, bea]) {
			await gives(who, '1h');
			await asks(owner, general, `;role remove ${who.mention} Guests`, /are changed/);
		}
		expect([await kept(), await ends(), await statesOf('role')]).toEqual([[], 0, ['undone', 'active', 'undone', 'active']]);
		await asks(owner, general, `;role add ${ana.mention} Guests`, /are changed/);
		await gives(bea, '3h');
		await shared.house.passTime({ minutes: 61 });
		expect([await holds(ana), await holds(bea), await kept()]).toEqual([true, true, [bea.id]]);
		await shared.house.passTime({ minutes: 121 });
		await hasEnded(bea);
		expect(await holds(ana)).toBe(true);
	});

	test('from everybody is over', async () => {
		const { owner, general } = server;
		await gives(ana, '1h');
		const question = await asks(owner, general, ';role all remove Guests', /Take \*\*Guests\*\*/);
		await owner.click(question, 'Yes');
		await eventually('nothing is kept of it', async () => (await kept()).length === 0, 20_000);
		expect([await holds(ana), await ends(), await statesOf('role')]).toEqual([false, 0, ['undone']]);
	});
});

test('a role for a time that the jail takes is not taken by hand: it comes back with the end of the jail, and ends in its time', async () => {
	const { owner, general } = server;
	await asks(owner, general, ';setmod', /The jail is ready/);
	await gives(ana, '1h');
	await asks(owner, general, `;jail ${ana.mention}`, /is in jail/);
	// Another entry of the audit log comes after it.
	await gives(bea, '1h');
	await server.owner.api.delete(place(bea));
	await eventually('the other one is over', async () => (await kept()).join() === ana.id);
	await asks(owner, general, `;unjail ${ana.mention}`, /is out of jail/);
	expect(await holds(ana)).toBe(true);
	await shared.house.passTime({ minutes: 61 });
	await hasEnded(ana);
});
