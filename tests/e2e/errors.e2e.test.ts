import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { type House, openHouse } from '../support/house.js';

let house: House;
let channel: { id: string; name: string; guildId: string };
let owner: UserDriver;
let people: UserDriver[];

beforeAll(async () => {
	house = await openHouse({ start: false });
	const { home } = house.discord;
	({ owner, members: people } = home);
	channel = home.channel('general');
	await Promise.all([owner, ...people].map((person) => person.connect()));
	await house.start({ OWNER_IDS: owner.id, SUPPORT_SERVER: 'https://discord.example/help' });
});
afterAll(() => house[Symbol.asyncDispose]());

const person = (index: number): UserDriver => {
	const found = people[index];
	if (found === undefined) throw new Error('The server has too few people');
	return found;
};
const text = (value: unknown) => JSON.stringify(value);
const answers = (what: RegExp) => (message: { authorId: string }) =>
	message.authorId === house.discord.description.applicationId && what.test(text(message));

test('an unexpected error shows a code and a link; the code leads to the trace, until the errors are deleted', async () => {
	await house.discord.faults.rest('status', { method: 'POST', path: 'channels/\\d+/messages$', status: 400 });
	await person(0).send(channel, ';uptime');
	const told = await person(0).expectMessage(channel, answers(/Something went wrong/));
	expect(text(told)).toContain('https://discord.example/help');
	const code = /`([2-9A-HJ-NP-Z]{6})`/.exec(text(told))?.[1];
	if (code === undefined) throw new Error(`No code in ${text(told)}`);
	await house.bot?.said(new RegExp(`"code":"${code}"`));
	expect(house.output).toMatch(new RegExp(`"stack":"[^"]+"[^\\n]*"code":"${code}"`));

	await person(1).send(channel, `;error ${code}`);
	await person(1).expectMessage(channel, answers(/Only the people who run this bot/));
	await owner.send(channel, `;error ${code.toLowerCase()}`);
	const report = await owner.expectMessage(channel, answers(new RegExp(`Error ${code}`)));
	expect(text(report)).toContain('diagnostics.uptime');

	await owner.send(channel, ';delerrors');
	await owner.expectMessage(channel, answers(/One stored error is deleted/));
	await owner.send(channel, `;error ${code}`);
	await owner.expectMessage(channel, answers(/no stored error with the code/));
});

test('a slash command that the bot no longer has is answered', async () => {
	await person(3).commands(channel);
	const { applicationId, botToken, api } = house.discord.description;
	const old = [{ name: 'gone', description: 'Of an older version', type: 1 }];
	await fetch(`${api}/v10/applications/${applicationId}/commands`, {
		method: 'POST',
		headers: { authorization: `Bot ${botToken}`, 'content-type': 'application/json' },
		body: JSON.stringify(old[0])
	});
	const outcome = await person(3).slash(channel, 'gone');
	expect(outcome).toMatchObject({ ephemeral: true, failed: false });
	expect(text(outcome)).toMatch(/has changed/);
});

test('a refusal by slash is seen by its person alone; by prefix it pings nobody, and is gone when the bot is', async () => {
	const outcome = await person(2).slash(channel, 'prefix set', { prefix: '!' });
	expect(outcome).toMatchObject({ ephemeral: true, failed: false });

	const sent = await person(2).send(channel, ';prefix set !');
	const refused = await person(2).expectMessage(channel, answers(/Manage Server/));
	const [request] = await house.discord.requests((entry) => entry.method === 'POST' && text(entry.body).includes(sent.id));
	expect(request?.body).toMatchObject({ allowed_mentions: { parse: [], replied_user: false } });
	const deleted = person(2).expectEvent('MESSAGE_DELETE', (data) => data['id'] === refused.id);
	expect(await house.stop()).toBe(0);
	await deleted;
});
