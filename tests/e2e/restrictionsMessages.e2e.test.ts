import { describe, expect, test } from 'vitest';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { answering, botMay, restrictionPlace, restrictionsOf } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const place = (options = {}) => restrictionPlace(shared.house, options);
const isGone = async (reader: UserDriver, message: SeenMessage) =>
	(await reader.messages(message.channelId)).every(({ id }) => id !== message.id);
const webhooksOf = async (owner: UserDriver, channel: { readonly id: string }) => {
	const all: unknown = await owner.api.get(`/channels/${channel.id}/webhooks`);
	return Array.isArray(all) ? all : [];
};
/** Everything, without messages and webhooks. */
const lessThan = (...missing: readonly bigint[]) => missing.reduce((held, bit) => held & ~bit, 0x7f_ffff_fff7n);
const manageMessages = 1n << 13n;
const manageWebhooks = 1n << 29n;

describe('a silenced member', () => {
	test('has everything deleted that he writes or edits until it is lifted, by prefix and by slash', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		const before = await ana.send(general, 'from before');
		await cleo.send(general, `;shutup <@${ana.id}> spam`);
		const answer = await cleo.expectMessage(general, /Everything that \*\*ana\*\* writes is deleted from now on/);
		expect(answer.text).toContain('Reason: spam');
		const said = await ana.send(general, ';ping');
		await eventually('it is gone', () => isGone(owner, said));
		await bea.send(general, 'hello');
		await ana.edit(before, 'edited');
		await eventually('it is gone', () => isGone(owner, before));
		expect((await owner.messages(general)).some(({ text }) => text.includes('Pong'))).toBe(false);
		const deletions = await shared.house.discord.requests(({ method, path }) => method === 'DELETE' && path.includes(general.id));
		expect(deletions.map(({ reason }) => reason)).toEqual(['silenced', 'silenced']);

		const list = await dora.slash(general, 'restrict silence list');
		expect(list.text).toMatch(/ana.*by <@.*spam/);
		const off = await dora.slash(general, 'restrict silence toggle', { member: ana.id });
		expect(off.text).toContain('**ana** may write again.');
		const free = await ana.send(general, 'thanks');
		await bea.send(general, 'you are welcome');
		expect(await isGone(owner, free)).toBe(false);
		expect(await restrictionsOf(shared.house, guild)).toEqual([]);
		await dora.send(general, ';stfulist');
		await dora.expectMessage(general, /Nobody is silenced here/);
	});

	test('cannot be somebody above; members without the permission are refused', async () => {
		const { owner, ana, bea, cleo, dora, general } = await place();
		await ana.send(general, `;shutup <@${bea.id}>`);
		await ana.expectMessage(general, /You need these permissions for that: Manage Messages/);
		await cleo.send(general, `;stfu <@${dora.id}>`);
		await cleo.expectMessage(general, /role as high as yours/);
		await cleo.send(general, `;stfu <@${owner.id}>`);
		await cleo.expectMessage(general, /to the owner/);
		await dora.send(general, `;uwulock <@${cleo.id}>`);
		await dora.expectMessage(general, /role as high as yours/);
		await dora.send(general, `;uwulock <@${dora.id}>`);
		await dora.expectMessage(general, /to yourself/);
		await bea.send(general, ';shutuplist');
		await bea.expectMessage(general, /You need these permissions/);
		await bea.send(general, ';uwulocked');
		await bea.expectMessage(general, /You need these permissions/);
	});

	test('goes on where the bot lost the permission, with one notice; elsewhere nothing changes', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await cleo.send(general, `;shutup <@${ana.id}>`);
		await cleo.expectMessage(general, /is deleted/);
		await botMay(guild, lessThan(manageMessages));
		for (let times = 0; times < 6; times++) await ana.send(general, `still here ${times}`);
		await owner.expectMessage(log, /I cannot delete messages of silenced members in <#/);
		const tries = await shared.house.discord.requests(
			({ method, path }) => method === 'DELETE' && path.includes(`/channels/${general.id}/messages/`)
		);
		expect(tries).toEqual([]);
		expect((await owner.messages(log)).filter(({ text }) => text.includes('I cannot delete'))).toHaveLength(1);
		await botMay(guild, 8n);
		await shared.house.passTime({ minutes: 11 });
		const last = await ana.send(general, 'again');
		await eventually('it works again', () => isGone(owner, last));
	});

	test('the owner lets all write again', async () => {
		const { guild, owner, ana, bea, cleo, general } = await place();
		await cleo.send(general, `;shutup <@${ana.id}>`);
		await cleo.expectMessage(general, /is deleted/);
		await cleo.send(general, `;shutup <@${bea.id}>`);
		await cleo.expectMessage(general, /is deleted/);
		await cleo.send(general, ';stfureset');
		await cleo.expectMessage(general, /Only the owner/);
		const asked = await owner.slash(general, 'restrict silence reset');
		expect(asked.text).toContain('all 2 silenced members');
		if (asked.message === null) throw new Error('There is no question');
		await owner.click(asked.message, 'Yes');
		await eventually('nobody is silenced', async () => (await restrictionsOf(shared.house, guild)).length === 0);
		await owner.expectMessage(general, /2 members may write again/);
		await ana.send(general, ';ping');
		await ana.expectMessage(general, /Pong/);
	});
});

describe('a member who has to talk like a baby', () => {
	test('is heard so through one webhook, with his name and files, pinging nobody', async () => {
		const { guild, owner, ana, bea, cleo, dora, general } = await place();
		await owner.api.patch(`/guilds/${guild.id}/members/${ana.id}`, { nick: 'Discord Ana' });
		await cleo.send(general, `;uwulock <@${ana.id}>`);
		await cleo.expectMessage(general, /talks like a baby from now on/);
		const files = [{ name: 'a.txt', data: 'really' }];
		const text = `really <@${bea.id}> look https://example.com/really @everyone`;
		const [said] = await Promise.all([ana.send(general, text, files), ana.send(general, 'lovely rollers')]);
		const heard = await bea.expectMessage(general, /https:\/\/example.com\/really/);
		expect(heard.content).toMatch(new RegExp(`^(w-)?weawwy <@${bea.id}> (w-)?wook https://example.com/really @`));
		expect(heard).toMatchObject({ isBot: true, mentions: [], mentionsEveryone: false, authorName: 'Disc0rd Ana' });
		expect(heard.attachments).toMatchObject([{ filename: 'a.txt', size: 6 }]);
		await bea.expectMessage(general, /wuvwy/);
		await eventually('his own is gone', () => isGone(owner, said));
		expect(await webhooksOf(owner, general)).toHaveLength(1);
		const writes = await shared.house.discord.requests(
			({ by, method, path }) =>
				by === 'bot' && method !== 'GET' && /^\/channels\/\d+\/(?:webhooks$|messages\/)/.test(path) && path.includes(general.id)
		);
		expect(writes.map(({ method, reason }) => `${method} ${reason}`).sort()).toEqual([
			'DELETE talks like a baby',
			'DELETE talks like a baby',
			'POST talks like a baby'
		]);

		const list = await dora.slash(general, 'restrict uwu list');
		expect(list.text).toContain('ana');
		await dora.send(general, `;uwulock <@${ana.id}>`);
		await dora.expectMessage(general, /talks as usual again/);
		const free = await ana.send(general, 'really');
		await bea.send(general, 'ok');
		expect(await isGone(owner, free)).toBe(false);
	});

	test('whose channel gives no webhook is left alone there, with one notice', async () => {
		const { guild, owner, ana, cleo, general, log } = await place();
		await cleo.send(general, `;uwulock <@${ana.id}>`);
		await cleo.expectMessage(general, /baby/);
		await botMay(guild, lessThan(manageWebhooks));
		const said: SeenMessage[] = [];
		for (let times = 0; times < 5; times++) said.push(await ana.send(general, `really ${times}`));
		await owner.expectMessage(log, /I cannot make members talk like babies in <#/);
		for (const message of said) expect(await isGone(owner, message)).toBe(false);
		expect((await owner.messages(log)).filter(({ text }) => text.includes('like babies'))).toHaveLength(1);
		await cleo.send(general, `;uwulock <@${guild.members[1]?.id}>`);
		await cleo.expectMessage(general, /I need these permissions for that: Manage Webhooks/);
	});

	test('a channel that has as many webhooks as it can counts as one that gives none', async () => {
		const { owner, ana, cleo, general, log } = await place();
		await cleo.send(general, `;uwulock <@${ana.id}>`);
		await cleo.expectMessage(general, /baby/);
		for (let count = 0; count < 15; count++) await owner.api.post(`/channels/${general.id}/webhooks`, { name: `hook ${count}` });
		for (let times = 0; times < 4; times++) await ana.send(general, `really ${times}`);
		await owner.expectMessage(log, /I cannot make members talk like babies/);
	});

	test('the owner lets all talk as usual', async () => {
		const { guild, owner, ana, cleo, dora, general } = await place({ log: false });
		await cleo.send(general, `;uwulock <@${ana.id}> 2h`);
		await cleo.expectMessage(general, /Until:/);
		await dora.send(general, ';uwulockreset');
		await dora.expectMessage(general, /Only the owner/);
		await owner.send(general, ';uwulockreset');
		const question = await owner.expectMessage(general, /Let the one member talk as usual/);
		await owner.click(question, 'Yes');
		await owner.expectMessage(general, /One member talks as usual again/);
		expect(await restrictionsOf(shared.house, guild)).toEqual([]);
		expect((await owner.slash(general, 'restrict uwu reset')).text).toContain('Nobody has to talk like a baby');
	});
});

test('where there is no log channel the notice comes in the channel itself', async () => {
	const { guild, owner, ana, cleo, general } = await place({ log: false });
	await cleo.send(general, `;shutup <@${ana.id}>`);
	await cleo.expectMessage(general, /is deleted/);
	await botMay(guild, answering);
	for (let times = 0; times < 4; times++) await ana.send(general, `still here ${times}`);
	await owner.expectMessage(general, /I cannot delete messages of silenced members/);
});
