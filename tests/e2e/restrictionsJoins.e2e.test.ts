import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { answering, botMay, invite, isMember, restrictionPlace, restrictionsOf } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const place = (options = {}) => restrictionPlace(shared.house, options);
const kickMembers = 2n;

describe('the autokick list', () => {
	test('puts somebody out now and whenever he comes, in this server alone, until he is taken off', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		const other = await place();
		await bea.send(general, `;autokick add <@${ana.id}>`);
		await bea.expectMessage(general, /You need these permissions for that: Manage Server/);
		await cleo.send(general, `;autokick add <@${ana.id}> spam`);
		await cleo.expectMessage(general, /\*\*ana\*\* is kicked whenever he comes/);
		await eventually('she is out', async () => !(await isMember(guild, ana)));
		const code = await invite(owner, general);
		await ana.join(code);
		await eventually('she is out again', async () => !(await isMember(guild, ana)));
		await other.cleo.send(other.general, `;aks add ${ana.id}`);
		await other.cleo.expectMessage(other.general, /is kicked whenever/);

		const list = await dora.slash(general, 'restrict autokick list');
		expect(list.text).toMatch(/ana.*spam/);
		const twice = await dora.slash(general, 'restrict autokick add', { user: ana.id });
		expect(twice.text).toContain('on the autokick list already');
		const off = await dora.slash(general, 'restrict autokick remove', { user: ana.id });
		expect(off.text).toContain('**ana** may come in again');
		await cleo.send(general, `;autokick remove ${ana.id}`);
		await cleo.expectMessage(general, /isn't in the autokick list/);
		await ana.join(code);
		await ana.send(general, ';ping');
		await ana.expectMessage(general, /Pong/);
		expect(await restrictionsOf(shared.house, other.guild)).toMatchObject([{ kind: 'autokick', userId: ana.id }]);
		await cleo.send(general, `;autokick add <@${dora.id}>`);
		await cleo.expectMessage(general, /role as high as yours/);
		await owner.send(general, ';autokick list');
		await owner.expectMessage(general, /Nobody is on the autokick list/);
	});
});

describe('a private server', () => {
	test('takes back what it told somebody whom the bot may not put out', async () => {
		const { guild, owner, general } = await place();
		const fay = await shared.house.discord.user('fay');
		await owner.send(general, ';private message Ask us first');
		await owner.expectMessage(general, /Ask us first/);
		await owner.send(general, ';private enable');
		await owner.expectMessage(general, /may join/);
		const refusal = { status: 403, code: 50_013 };
		await shared.house.discord.faults.rest('status', { method: 'DELETE', path: `members/${fay.id}$`, ...refusal, times: 1 });
		const { id: direct } = await fay.dm(shared.house.discord.description.applicationId);
		await fay.join(await invite(owner, general));
		const changes = () => shared.house.discord.requests(({ method, path }) => method !== 'GET' && path.startsWith(`/channels/${direct}/`));
		await eventually('it is taken back', async () => (await changes()).map(({ method }) => method).join() === 'POST,DELETE');
		expect(await isMember(guild, fay)).toBe(true);
	});

	test('lets nobody in but those on its whitelist, says why, and leaves those alone who are inside', async () => {
		const { guild, owner, ana, bea, cleo, dora, emil, general, second, log } = await place();
		const [eve, fay] = [await shared.house.discord.user('eve'), await shared.house.discord.user('fay')];
		await ana.send(general, ';private enable');
		await ana.expectMessage(general, /You need these permissions for that: Administrator/);
		await cleo.send(general, `;whitelist add ${fay.id}`);
		await cleo.expectMessage(general, /\*\*fay\*\* may join while this server is private/);
		await cleo.send(general, `;private whitelist ${fay.id}`);
		await cleo.expectMessage(general, /on the whitelist already/);
		const told = await dora.slash(general, 'restrict private message', { text: 'Ask **us** in @everyone first' });
		expect(told.text).toContain('Who may not join is told: Ask \\*\\*us\\*\\*');
		const on = await dora.slash(general, 'restrict private enable');
		expect(on.text).toContain('only the one person on the whitelist may join');
		await owner.send(general, ';private enable');
		await owner.expectMessage(general, /This server is private already/);

		const code = await invite(owner, general);
		const { id: direct } = await eve.dm(shared.house.discord.description.applicationId);
		await eve.connect();
		await eve.join(code);
		await eventually('she is out', async () => !(await isMember(guild, eve)));
		const rejected = await eve.expectMessage(direct, /is private: only invited people may join/);
		expect(rejected.text).toContain('Ask \\*\\*us\\*\\* in @\u200beveryone first');
		expect(rejected.mentionsEveryone).toBe(false);
		await fay.join(code);
		await fay.send(general, ';ping');
		await fay.expectMessage(general, /Pong/);
		expect(await isMember(guild, ana)).toBe(true);

		const list = await dora.slash(general, 'restrict private list');
		expect(list.text).toContain('fay');
		await bea.send(second, ';private list');
		await bea.expectMessage(second, /You need these permissions/);
		const off = await owner.slash(second, 'restrict private unwhitelist', { user: fay.id });
		expect(off.text).toContain('**fay** is off the whitelist');
		expect(await isMember(guild, fay)).toBe(true);
		await cleo.send(second, `;whitelist remove ${fay.id}`);
		await cleo.expectMessage(second, /is not on the whitelist/);

		const mayNot = await ana.slash(second, 'restrict private whitelist', { user: eve.id });
		expect(mayNot).toMatchObject({ ephemeral: true, text: expect.stringContaining('You need these permissions') });
		expect(await isMember(guild, eve)).toBe(false);
		const listed = await emil.slash(second, 'restrict private whitelist', { user: eve.id });
		expect(listed.text).toContain('**eve** may join while this server is private');
		await eve.join(code);
		await eve.send(log, ';ping');
		await eve.expectMessage(log, /Pong/);
		await eve.leave(guild.id);

		const open = await owner.slash(second, 'restrict private disable');
		expect(open.text).toContain('This server is open again');
		await emil.send(second, ';private disable');
		await emil.expectMessage(second, /This server is not private/);
		await eve.join(code);
		await eve.send(second, ';ping');
		await eve.expectMessage(second, /Pong/);
		const prisma = shared.db;
		const changes = await prisma.configChange.findMany({
			where: { guildId: BigInt(guild.id), slot: 'restrictions.guild' },
			orderBy: { id: 'asc' }
		});
		expect(changes.map(({ after }) => after)).toEqual([
			{ privateMessage: 'Ask **us** in @everyone first' },
			{ isPrivate: true },
			{ isPrivate: false }
		]);
	});

	test('without the permission to kick the command is refused', async () => {
		const { guild, cleo, general } = await place();
		await botMay(guild, answering);
		await cleo.send(general, ';private enable');
		await cleo.expectMessage(general, /I need these permissions for that: Kick Members/);
		await botMay(guild, answering | kickMembers);
		await cleo.send(general, ';private enable');
		await cleo.expectMessage(general, /is private/);
	});
});
