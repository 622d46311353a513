import { expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks } from '../support/staff.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bea'], roles: [{ name: 'Staff', permissions: '8192' }] });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	return { guild, owner: guild.owner, ana, bea, general: guild.channel('general') };
}

const texts = async (who: UserDriver, channel: { id: string }) =>
	(await who.messages(channel)).filter(({ isBot, content }) => !isBot && content !== '').map(({ content }) => content);

test('the newest messages go, with the call; pinned ones stay; the case is in the log', async () => {
	const { guild, owner, ana, general } = await place();
	const kept = await ana.send(general, 'pinned');
	await owner.api.put(`/channels/${general.id}/pins/${kept.id}`);
	for (const text of ['one', 'two', 'three', 'four']) await ana.send(general, text);
	await owner.send(general, ';purge 3');
	await owner.expectMessage(general, '3 messages are deleted.');
	expect((await texts(owner, general)).sort()).toEqual(['one', 'pinned']);
	const prisma = shared.db;
	expect(await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) } })).toMatchObject([
		{ number: 1, type: 'purge', channelId: BigInt(general.id), details: { count: 3 } }
	]);
	const requests = await shared.house.discord.requests(({ path }) => path.includes('bulk-delete'));
	expect(requests.length).toBe(1);
});

test('a channel is read no further back than it takes to find what was asked for', async () => {
	const { owner, ana, general } = await place();
	for (let index = 0; index < 110; index += 1) await ana.send(general, `message ${index}`);
	await owner.send(general, ';purge 3');
	await owner.expectMessage(general, '3 messages are deleted.');
	const isReading = ({ method, path }: { method: string; path: string }) => method === 'GET' && path === `/channels/${general.id}/messages`;
	expect(await shared.house.discord.requests(isReading)).toHaveLength(1);
});

test('by slash, of one member; who may not is told so and nothing is gone', async () => {
	const { owner, ana, bea, general } = await place();
	await ana.send(general, 'from ana');
	await bea.send(general, 'from bea');
	await expect(ana.slash(general, 'purge messages', { amount: 5 })).resolves.toMatchObject({ ephemeral: true });
	expect(await texts(owner, general)).toHaveLength(2);
	const answer = await owner.slash(general, 'purge messages', { amount: 5, member: bea.id });
	expect(answer.text).toContain('One message is deleted.');
	expect(await texts(owner, general)).toEqual(['from ana']);
	await bea.send(general, ';clear contains ana');
	await bea.expectMessage(general, /You need these permissions for that: Manage Messages/);
});

test('by slash, when Discord is slow: that I am thinking is neither counted nor deleted, and becomes the answer', async () => {
	const { owner, ana, general } = await place();
	for (const text of ['one', 'two', 'three']) await ana.send(general, text);
	await shared.house.discord.faults.rest('slow', { method: 'GET', path: `${general.id}/messages$`, ms: 2_500 });
	const answer = await owner.slash(general, 'purge messages', { amount: 2 });
	expect(answer.text).toContain('2 messages are deleted.');
	expect(await texts(owner, general)).toEqual(['one']);
});

test('a message of another channel is refused, and a pattern that is none', async () => {
	const { guild, owner, ana, general } = await place();
	const sent = await ana.send(general, 'hello');
	const other = Object(await owner.api.post(`/guilds/${guild.id}/channels`, { name: 'other', type: 0 }));
	const link = `https://discord.com/channels/${guild.id}/${String(other.id)}/${sent.id}`;
	const refused = await owner.slash(general, 'purge after', { message: link });
	expect(refused.text).toContain('That message is in another channel.');
	const pattern = await owner.slash(general, 'purge regex', { pattern: '(' });
	expect(pattern.text).toContain('is no pattern that I understand');
	expect(await texts(owner, general)).toEqual(['hello']);
});

test('reactions are taken, the messages stay', async () => {
	const { owner, ana, bea, general } = await place();
	const message = await ana.send(general, 'vote');
	const reactions = async () => (await owner.read(message)).raw['reactions'] ?? [];
	await ana.react(message, '👍');
	await bea.send(general, ';clear reactions');
	await bea.expectMessage(general, /You need these permissions for that: Manage Messages/);
	expect(await reactions()).toHaveLength(1);
	const answer = await owner.slash(general, 'purge reactions');
	expect(answer.text).toContain('One message has no reactions any more.');
	expect(await reactions()).toEqual([]);

	await ana.react(message, '👎');
	await owner.send(general, ';clear reactions');
	await owner.expectMessage(general, 'One message has no reactions any more.');
	expect(await reactions()).toEqual([]);
	expect(await texts(owner, general)).toContain('vote');
});

test('everybody deletes his own messages, and nobody else’s', async () => {
	const { guild, owner, ana, bea, general } = await place();
	await ana.send(general, 'mine');
	await bea.send(general, 'hers');
	await ana.send(general, ';selfpurge 5');
	await ana.expectMessage(general, 'One message is deleted.');
	expect(await texts(owner, general)).toEqual(['hers']);

	const answer = await bea.slash(general, 'purge self', { amount: 5 });
	expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining('One message is deleted.') });
	expect(await texts(owner, general)).toEqual([]);
	const prisma = shared.db;
	expect(await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
});

test('more than a hundred are asked about, done in the background with progress, and make one case', async () => {
	const { guild, owner, ana, general } = await place();
	for (let index = 0; index < 130; index += 1) await ana.send(general, `message ${index}`);
	await owner.send(general, ';purge 130');
	const question = await owner.expectMessage(general, /Delete 130 messages\?/);
	await owner.click(question, 'Yes');
	const prisma = shared.db;
	await eventually(
		'the case is written',
		async () => (await prisma.moderationCase.count({ where: { guildId: BigInt(guild.id) } })) === 1,
		20_000
	);
	expect(await prisma.moderationCase.findFirst({ where: { guildId: BigInt(guild.id) } })).toMatchObject({
		type: 'purge',
		details: { count: 130 }
	});
	await eventually('the messages and the call are gone', async () => (await texts(owner, general)).length === 0);
});

test('what is older than 14 days is told honestly', async () => {
	const { owner, ana, general } = await place();
	await ana.send(general, 'ancient');
	await shared.house.passTime({ days: 15 });
	await ana.send(general, 'new');
	await owner.send(general, ';purge 2');
	await owner.expectMessage(general, /2 messages are deleted/);
	expect(await texts(owner, general)).toEqual([]);
});

test('pinned messages go too when --pinned is said', async () => {
	const { owner, ana, general } = await place();
	for (const text of ['one', 'two']) {
		const { id } = await ana.send(general, text);
		await owner.api.put(`/channels/${general.id}/pins/${id}`);
	}
	await asks(owner, general, ';purge 5 nobody-here', /I could not find the user/);
	await asks(owner, general, ';purge 5 ana --pinned', /2 messages are deleted/);
	expect(await texts(owner, general)).not.toContain('one');
});
