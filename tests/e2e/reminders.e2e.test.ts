import { beforeAll, expect, test } from 'vitest';
import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { isReminderOf, setReminder } from '../support/reminders.js';
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

/** Every time that somebody was reminded in a channel. */
async function deliveries(person: UserDriver, place: Channel, text: string): Promise<SeenMessage[]> {
	return (await person.messages(place)).filter(isReminderOf(text));
}

const slash = (person: UserDriver, words: string, options: Record<string, string | number | boolean> = {}) =>
	slashes(person, channel, words, options);

test('a reminder of five seconds comes by itself, to its person alone, with a way back', async () => {
	const [ana, bob] = [somebody(0), somebody(1)];
	const asked = await ana.send(channel, `;remind 5s tea with ${bob.mention}`);
	await ana.expectMessage(channel, (message) => message.text.includes('I will remind you'));
	const reminder = await ana.expectMessage(channel, isReminderOf('tea'), 10_000);
	expect(reminder.mentions).toEqual([ana.id]);
	expect(reminder.text).toContain(`/${channel.id}/${asked.id}`);
});

test('killed between sending and marking it comes once; one that is due while the bot is down comes once and says that it is late, a later one in time', async () => {
	const ana = somebody(1);
	await setReminder(ana, channel, ';remind 5m sugar');
	await setReminder(ana, channel, ';remind 330s milk');
	await setReminder(ana, channel, ';remind 3h honey');
	// Discord takes the message, and its answer never comes.
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `channels/${channel.id}/messages$`, times: -1 });
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(channel, isReminderOf('sugar'));
	await shared.house.kill();
	await shared.house.discord.faults.clear();
	const sugar = () => shared.db.reminder.findFirstOrThrow({ where: { text: 'sugar' } });
	expect(await sugar()).toMatchObject({ sentAt: null, occurrence: 0 });
	// In case the bot had the time to notice, and to put it off for a minute. Discord knows a message again for a few minutes only.
	await shared.house.passTime({ minutes: 1 });
	await shared.house.start();
	await expect.poll(sugar, { timeout: 15_000 }).toMatchObject({ sentAt: expect.any(Date), occurrence: 1 });
	expect((await ana.expectMessage(channel, isReminderOf('milk'))).content).toContain('late');
	// To its very time: however long the start took, it is not late.
	const { dueAt } = await shared.db.reminder.findFirstOrThrow({ where: { text: 'honey' }, select: { dueAt: true } });
	await shared.house.discord.clock.set(dueAt.getTime());
	expect((await ana.expectMessage(channel, isReminderOf('honey'))).content).not.toContain('late');
	for (const text of ['milk', 'honey', 'sugar']) expect(await deliveries(ana, channel, text)).toHaveLength(1);
});

test('list, edit, cancel, repeat and direct messages, by slash too', async () => {
	const ana = await newcomer();
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	const added = await slash(ana, 'remind', { when: '2h', text: 'water', every: '1h', in_dm: true });
	expect(added.text).toContain('water');
	await setReminder(ana, channel, ';remind 3h cake');
	const listed = await slash(ana, 'reminder list');
	expect(listed.ephemeral).toBe(true);
	expect(listed.text).toMatch(/water[\s\S]*cake/);

	const choices = (await ana.autocomplete(channel, 'reminder edit', { id: '', field: 'text', value: 'x' }, 'id')) ?? [];
	const id = choices.find((choice) => choice.name.includes('cake'))?.value;
	expect(id).toEqual(expect.any(Number));
	const edited = await slash(ana, 'reminder edit', { id: id ?? 0, field: 'text', value: 'pie' });
	expect(edited.text).toContain('pie');

	await shared.house.passTime({ hours: 2 });
	await ana.expectMessage(direct, isReminderOf('water'));
	await shared.house.passTime({ hours: 1 });
	await ana.expectMessage(direct, isReminderOf('water'));
	await ana.expectMessage(channel, isReminderOf('pie'));

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
	await setReminder(ana, kitchen, ';reminder add 2h soup');
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
	await bob.expectMessage(kitchen, isReminderOf('salad'));
	expect(await deliveries(ana, kitchen, 'stew')).toEqual([]);
	await shared.house.passTime({ hours: 1 });
	await ana.expectMessage(kitchen, isReminderOf('stew'));
	expect(await deliveries(bob, kitchen, 'salad')).toHaveLength(1);
});

test('cancelling several asks first', async () => {
	const ana = await newcomer();
	await setReminder(ana, channel, ';remind 1h plum');
	await setReminder(ana, channel, ';remindme 2h pear');
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
	await setReminder(ana, channel, ';remind tomorrow 9am call mum');
	await shared.house.passTime({ hours: 48 });
	await ana.expectMessage(channel, isReminderOf('call mum'));
});

test('in direct messages it works as well', async () => {
	const ana = await newcomer();
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await setReminder(ana, direct, ';remind 5m figs');
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(direct, isReminderOf('figs'));
});

test('when the channel is gone, it comes as a direct message', async () => {
	const { owner } = server;
	const kitchen = await room('kitchen');
	const ana = await newcomer();
	await setReminder(ana, kitchen, ';remind 5m salt');
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await owner.api.delete(`/channels/${kitchen.id}`);
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(direct, isReminderOf('salt'));
});

test('who may no longer read there gets it as a direct message, and nobody else reads it in the channel', async () => {
	const { owner } = server;
	const cellar = await room('cellar');
	const ana = await newcomer();
	await setReminder(ana, cellar, ';remind 5m a secret');
	const direct = await ana.dm({ id: shared.house.discord.description.applicationId });
	await owner.api.put(`/channels/${cellar.id}/permissions/${ana.id}`, { type: 1, allow: '0', deny: String(1 << 10) });
	await shared.house.passTime({ minutes: 5 });
	await ana.expectMessage(direct, isReminderOf('a secret'));
	expect(await deliveries(owner, cellar, 'a secret')).toEqual([]);
});

/** A channel of its own for one story. */
async function room(name: string): Promise<Channel> {
	const made = Object(await server.owner.api.post(`/guilds/${server.id}/channels`, { name, type: 0 }));
	return { id: String(made.id) };
}

let newcomers = 0;

/** A person of the server who has used no command yet. */
async function newcomer(): Promise<UserDriver> {
	const person = await shared.house.discord.user(`newcomer${++newcomers}`);
	const invite = Object(await server.owner.api.post(`/channels/${channel.id}/invites`, { max_uses: 1 }));
	await person.join(String(invite.code));
	await person.connect();
	return person;
}

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
	const reminder = await person.expectMessage(direct, isReminderOf('room 4'), 10_000);
	expect(reminder.text).toContain(message.id);
});
