import { expect, test } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

test('a person tells his time zone, others see his time, and he takes it back', async () => {
	const home = await shared.house.discord.guild({ members: ['ana', 'bob', 'eve'] });
	const [ana, bob, eve] = home.members;
	if (!ana || !bob || !eve) throw new Error('The server has too few members');
	const channel = home.channel('general');

	await ana.send(channel, ';timezone');
	await ana.expectMessage(channel, (message) => message.text.includes("don't know your time zone"));

	await ana.send(channel, ';tz set Tokyo');
	await ana.expectMessage(channel, (message) => message.text.includes('Asia/Tokyo'));
	await bob.send(channel, `;timezone ${ana.mention}`);
	const seen = await bob.expectMessage(channel, (message) => message.text.includes('UTC+09:00'));
	expect(seen.mentions).toEqual([]);
	const kitchen = await shared.house.discord.guild({ members: [ana, bob] });
	const table = kitchen.channel('general');
	await ana.send(table, ';timezone unset');
	await ana.expectMessage(table, /forgotten/);
	await bob.send(table, `;timezone ${ana.mention}`);
	await bob.expectMessage(table, /has not told|don't know/);

	const choices = await eve.autocomplete(channel, 'timezone set', { place: 'lond' }, 'place');
	expect(choices.map((choice) => choice.value)).toContain('Europe/London');
	const set = await eve.slash(channel, 'timezone set', { place: 'Europe/London' });
	expect(set.text).toContain('Europe/London');
	expect((await eve.slash(channel, 'timezone unset')).text).toContain('forgotten');
	const refused = await eve.slash(channel, 'timezone view');
	expect(refused.text).toContain("don't know your time zone");
	expect(refused.ephemeral).toBe(true);
});

test('of a place with several zones he picks his own, and nobody else can', async () => {
	const home = await shared.house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = home.members;
	if (!ana || !bob) throw new Error('The server has too few members');
	const channel = home.channel('general');
	await bob.connect();
	await ana.send(channel, ';timezone set Birmingham');
	const question = await ana.expectMessage(channel, (message) => message.components.length > 0);

	const strange = await bob.select(question, 'Choose yours', ['Europe/London']);
	expect(strange.ephemeral).toBe(true);
	expect((await bob.slash(channel, 'timezone view')).text).toContain("don't know");

	const picked = await ana.select(question, 'Choose yours', ['America/Chicago']);
	expect(picked.failed).toBe(false);
	const changed = await ana.read(question);
	expect(changed.text).toContain('America/Chicago');
	expect(changed.components).toEqual([]);
});

test('a fixed offset from UTC is a time zone too, and reminders at a clock time are meant in it', async () => {
	const home = await shared.house.discord.guild({ members: ['ana', 'bob'] });
	const [ana, bob] = home.members;
	if (!ana || !bob) throw new Error('The server has too few members');
	const channel = home.channel('general');
	await ana.send(channel, ';tz set gmt+5:30');
	await ana.expectMessage(channel, /Your time zone is `UTC\+5:30`, the whole year\./);
	await ana.send(channel, ';remind tomorrow 9am tea');
	await ana.expectMessage(channel, (message) => message.isBot && message.text.includes('tea'));
	const { dueAt } = await shared.db.reminder.findFirstOrThrow({ where: { userId: BigInt(ana.id) } });
	expect(dueAt.toISOString()).toMatch(/T03:30:00/);
	await bob.send(channel, `;timezone ${ana.mention}`);
	await bob.expectMessage(channel, /For .* it is \*\*.*\*\* \(`UTC\+5:30`\)\./);

	const choices = await bob.autocomplete(channel, 'timezone set', { place: 'utc-3' }, 'place');
	expect(choices.map((choice) => choice.value)).toEqual(['UTC-3', 'UTC-3:30']);
	expect((await bob.slash(channel, 'timezone set', { place: 'us/pacific' })).text).toContain('`America/Los_Angeles`');
});
