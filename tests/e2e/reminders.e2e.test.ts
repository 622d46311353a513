import { beforeAll, expect, test } from 'vitest';
import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { openHouse } from '../support/house.js';
import { describeWithRedis } from '../support/redis.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { slashes } from '../support/staff.js';

type Channel = { readonly id: string };

const shared = sharedHouse();
let server: GuildHandle;
let channel: Channel;

beforeAll(async () => {
	server = await shared.house.discord.guild({ members: ['ana', 'bob', 'cleo', 'dan', 'eve'] });
	channel = server.channel('general');
	await Promise.all(server.members.map((person) => person.connect()));
});

/** Each story has a person of its own: cooldowns are counted by person. */
function somebody(index: number): UserDriver {
	const person = server.members[index];
	if (person === undefined) throw new Error('The server has too few members');
	return person;
}

const reminds = (text: string) => (message: SeenMessage) => message.content.includes('⏰') && message.content.includes(text);

/** Every time that somebody was reminded in a channel. */
async function deliveries(person: UserDriver, place: Channel, text: string): Promise<SeenMessage[]> {
	return (await person.messages(place)).filter(reminds(text));
}

/** Sets a reminder and waits until the bot has said so. */
async function set(person: UserDriver, place: Channel, line: string): Promise<SeenMessage> {
	await person.send(place, line);
	return person.expectMessage(place, (message) => message.text.includes('I will remind you'));
}

const slash = (person: UserDriver, words: string, options: Record<string, string | number | boolean> = {}) =>
	slashes(person, channel, words, options);

test('a reminder of five seconds comes by itself, to its person alone, with a way back', async () => {
	const [ana, bob] = [somebody(0), somebody(1)];
	const asked = await ana.send(channel, `;remind 5s tea with ${bob.mention}`);
	await ana.expectMessage(channel, (message) => message.text.includes('I will remind you'));
	const reminder = await ana.expectMessage(channel, reminds('tea'), 10_000);
	expect(reminder.mentions).toEqual([ana.id]);
	expect(reminder.text).toContain(`/${channel.id}/${asked.id}`);
});

test('it survives kill -9: due while the bot was down it comes once and says that it is late; killed between sending and marking, it comes once', async () => {
	const ana = somebody(1);
	await set(ana, channel, ';remind 5m milk');
	await set(ana, channel, ';remind 3h honey');
	await shared.house.kill();
	await shared.house.passTime({ hours: 2 });
	await shared.house.start();
	expect((await ana.expectMessage(channel, reminds('milk'))).content).toContain('late');
	// Discord knows a message again for a few minutes only: an hour may pass once the bot has marked it as sent.
	const prisma = shared.db;
	await expect.poll(() => prisma.reminder.count({ where: { text: 'milk', sentAt: null } }), { timeout: 20_000 }).toBe(0);
	// To its very time: however long the starts took, it is not late.
	const { dueAt } = await prisma.reminder.findFirstOrThrow({ where: { text: 'honey' }, select: { dueAt: true } });
	await shared.house.discord.clock.set(dueAt.getTime());
	expect((await ana.expectMessage(channel, reminds('honey'))).content).not.toContain('late');

	// Killed between sending and marking.
	await set(ana, channel, ';remind 5m sugar');
	// Discord takes the message, and its answer never comes.
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `channels/${channel.id}/messages$`, times: -1 });
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(channel, reminds('sugar'));
	await shared.house.kill();
	await shared.house.discord.faults.clear();
	const row = () => prisma.reminder.findFirstOrThrow({ where: { text: 'sugar' } });
	expect(await row()).toMatchObject({ sentAt: null, occurrence: 0 });
	await shared.house.start();
	// In case the bot had the time to notice, and to put it off for a minute.
	await shared.house.passTime({ minutes: 1 });
	await expect.poll(row, { timeout: 15_000 }).toMatchObject({ sentAt: expect.any(Date), occurrence: 1 });
	for (const text of ['milk', 'honey', 'sugar']) expect(await deliveries(ana, channel, text)).toHaveLength(1);
});

test('the buttons work after a restart, and only for its person', async () => {
	const [ana, bob] = [somebody(3), somebody(1)];
	await set(ana, channel, ';remind 5m bread');
	await shared.house.passTime({ minutes: 5 });
	const first = await ana.expectMessage(channel, reminds('bread'));
	expect(await shared.house.stop()).toBe(0);
	await shared.house.start();

	for (const label of ['In 10 minutes', 'Done']) expect((await bob.click(first, label)).ephemeral).toBe(true);
	const snoozed = await ana.click(first, 'In 10 minutes');
	expect(snoozed.failed).toBe(false);
	expect((await ana.read(first)).components).toEqual([]);
	await shared.house.passTime({ minutes: 10 });
	const second = await ana.expectMessage(channel, (message) => reminds('bread')(message) && message.id !== first.id);
	expect((await ana.click(second, 'Done')).failed).toBe(false);
	expect((await ana.read(second)).components).toEqual([]);
});

test('list, edit, cancel, repeat and direct messages, by slash too', async () => {
	const ana = await newcomer();
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	const added = await slash(ana, 'remind', { when: '2h', text: 'water', every: '1h', in_dm: true });
	expect(added.text).toContain('water');
	await set(ana, channel, ';remind 3h cake');
	const listed = await slash(ana, 'reminder list');
	expect(listed.ephemeral).toBe(true);
	expect(listed.text).toMatch(/water[\s\S]*cake/);

	const choices = (await ana.autocomplete(channel, 'reminder edit', { id: '', field: 'text', value: 'x' }, 'id')) ?? [];
	const id = choices.find((choice) => choice.name.includes('cake'))?.value;
	expect(id).toEqual(expect.any(Number));
	const edited = await slash(ana, 'reminder edit', { id: id ?? 0, field: 'text', value: 'pie' });
	expect(edited.text).toContain('pie');

	await shared.house.passTime({ hours: 2 });
	await ana.expectMessage(direct, reminds('water'));
	await shared.house.passTime({ hours: 1 });
	await ana.expectMessage(direct, reminds('water'));
	await ana.expectMessage(channel, reminds('pie'));

	expect((await slash(ana, 'reminder stop')).text).toContain('cancelled');
	await shared.house.passTime({ hours: 5 });
	// As it is written by slash.
	expect((await slash(ana, 'reminder list')).text).toContain('no reminders here. Set one with `/remind when:5m text:tea`.');
	expect(await deliveries(ana, direct, 'water')).toHaveLength(2);
});

test('reminders are added and changed by typing and by picking; nobody changes those of others', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bob', 'cid'] });
	const [ana, bob, cid] = guild.members;
	if (!ana || !bob || !cid) throw new Error('The server is not complete');
	const kitchen = guild.channel('general');
	const prisma = shared.db;
	const rowOf = ({ id }: UserDriver) => prisma.reminder.findFirstOrThrow({ where: { userId: BigInt(id) } });
	await set(ana, kitchen, ';reminder add 2h soup');
	const { id } = await rowOf(ana);
	await bob.send(kitchen, `;reminder edit ${id} text poison`);
	await bob.expectMessage(kitchen, 'You have no such reminder.');
	await ana.send(kitchen, `;reminder edit ${id} text stew`);
	await ana.expectMessage(kitchen, /stew/);

	expect((await bob.slash(kitchen, 'reminder add', { when: '2h', text: 'salad' })).text).toContain('salad');
	const foreign = await cid.slash(kitchen, 'reminder edit', { id, field: 'text', value: 'poison' });
	expect(foreign).toMatchObject({ ephemeral: true, text: expect.stringContaining('You have no such reminder.') });
	expect(await rowOf(ana)).toMatchObject({ text: 'stew' });
	await bob.slash(kitchen, 'reminder edit', { id: (await rowOf(bob)).id, field: 'time', value: '1h' });
	await shared.house.passTime({ hours: 1 });
	await bob.expectMessage(kitchen, reminds('salad'));
	expect(await deliveries(ana, kitchen, 'stew')).toEqual([]);
	await shared.house.passTime({ hours: 1 });
	await ana.expectMessage(kitchen, reminds('stew'));
	expect(await deliveries(bob, kitchen, 'salad')).toHaveLength(1);
});

test('cancelling several asks first', async () => {
	const ana = await newcomer();
	await set(ana, channel, ';remind 1h plum');
	await set(ana, channel, ';remindme 2h pear');
	await ana.send(channel, ';reminder cancel');
	const question = await ana.expectMessage(channel, (message) => message.components.length > 0);
	expect(question.text).toContain('2');
	await ana.click(question, 'Yes');
	await ana.expectMessage(channel, (message) => message.text.includes('2 reminders are cancelled'));
	await shared.house.passTime({ hours: 3 });
	expect((await slash(ana, 'reminder list')).text).toContain('no reminders');
	expect(await deliveries(ana, channel, 'plum')).toEqual([]);
});

test('a clock time asks once for the zone', async () => {
	const ana = await newcomer();
	await ana.send(channel, ';remind tomorrow 9am call mum');
	await ana.expectMessage(channel, (message) => message.text.includes('timezone set'));
	await ana.send(channel, ';timezone set Paris, France');
	await ana.expectMessage(channel, (message) => message.text.includes('Europe/Paris'));
	await set(ana, channel, ';remind tomorrow 9am call mum');
	await shared.house.passTime({ hours: 48 });
	await ana.expectMessage(channel, reminds('call mum'));
});

test('in direct messages it works as well', async () => {
	const ana = await newcomer();
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await set(ana, direct, ';remind 5m figs');
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(direct, reminds('figs'));
});

test('when the channel is gone, it comes as a direct message', async () => {
	const { owner } = server;
	const made = Object(await owner.api.post(`/guilds/${server.id}/channels`, { name: 'kitchen', type: 0 }));
	const kitchen = { id: String(made.id) };
	const ana = await newcomer();
	await set(ana, kitchen, ';remind 5m salt');
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await owner.api.delete(`/channels/${kitchen.id}`);
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(direct, reminds('salt'));
});

let newcomers = 0;

/** A person of the server who has used no command yet. */
async function newcomer(): Promise<UserDriver> {
	const person = await shared.house.discord.user(`newcomer${++newcomers}`);
	const invite = Object(await server.owner.api.post(`/channels/${channel.id}/invites`, { max_uses: 1 }));
	await person.join(String(invite.code));
	await person.connect();
	return person;
}

describeWithRedis('with Redis', () => {
	test('due in two processes, it comes once', async () => {
		await using first = await openHouse({ redis: true, start: false });
		const { home } = first.discord;
		// Discord decides by its id which of the two shards the server is on.
		const shard = Number((BigInt(home.id) >> 22n) % 2n);
		await first.start({ SHARDS: String(shard), SHARD_COUNT: '2' });
		const [ana] = home.members;
		if (ana === undefined) throw new Error('The server has no members');
		const general = home.channel('general');
		await set(ana, general, ';remind 5m tea');
		await using second = await openHouse({ beside: first, redis: true, env: { SHARDS: String(1 - shard), SHARD_COUNT: '2' } });
		await first.passTime({ minutes: 5 });
		await ana.expectMessage(general, reminds('tea'));
		const { prisma } = await first.database.open();
		await expect.poll(() => prisma.scheduledTask.count(), { timeout: 20_000 }).toBe(0);
		const posts = await first.discord.requests((entry) => entry.method === 'POST' && JSON.stringify(entry.body).includes('⏰'));
		expect(posts).toHaveLength(1);
		expect(await deliveries(ana, general, 'tea')).toHaveLength(1);
		expect(second.bot?.running).toBe(true);
	});
});

test('the menu on a message opens a form; the reminder comes as a direct message with a link to that message', async () => {
	const person = somebody(4);
	const other = somebody(3);
	const message = await other.send(channel, 'the meeting is in room 4');
	const { modal } = await person.context(channel, 'Remind me about this', message, 'message');
	if (modal === null) throw new Error('No form came');
	const refused = await person.submitModal(modal, { when: 'when pigs fly', text: 'room 4' });
	expect(refused).toMatchObject({ ephemeral: true, acked: true });

	const again = await person.context(channel, 'Remind me about this', message, 'message');
	if (again.modal === null) throw new Error('No form came');
	const set = await person.submitModal(again.modal, { when: '2h', text: 'room 4' });
	expect(set).toMatchObject({ ephemeral: true });
	expect(set.text).toMatch(/I will remind you .* of \*\*room 4\*\*/);

	const direct = await person.dm(shared.house.discord.description.applicationId);
	await shared.house.passTime({ hours: 2, seconds: 1 });
	const reminder = await person.expectMessage(direct, reminds('room 4'), 10_000);
	expect(reminder.text).toContain(message.id);
});
