import { beforeAll, expect, test } from 'vitest';
import type { UserDriver } from '../../emulator/driver/index.js';
import { pages, sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();
let channel: { id: string; name: string; guildId: string };
let owner: UserDriver;
let people: UserDriver[];

beforeAll(async () => {
	({ owner } = shared.runners);
	const guild = await shared.house.discord.guild({ members: ['ana', 'bob', 'cleo', owner] });
	people = guild.members;
	channel = guild.channel('general');
	await Promise.all(people.map((one) => one.connect()));
});

const person = (index: number): UserDriver => {
	const found = people[index];
	if (found === undefined) throw new Error('The server has too few people');
	return found;
};
const text = (value: unknown) => JSON.stringify(value);
const answers = (what: RegExp) => (message: { authorId: string }) =>
	message.authorId === shared.house.discord.description.applicationId && what.test(text(message));

test('an unexpected error shows a code and a link; the code leads to the trace, until the errors are deleted', async () => {
	await shared.house.discord.faults.rest('status', { method: 'POST', path: 'channels/\\d+/messages$', status: 400 });
	await person(0).send(channel, ';uptime');
	const told = await person(0).expectMessage(channel, answers(/Something went wrong/));
	expect(text(told)).toContain(pages.support);
	const code = /`([2-9A-HJ-NP-Z]{6})`/.exec(text(told))?.[1];
	if (code === undefined) throw new Error(`No code in ${text(told)}`);
	await shared.house.bot?.said(new RegExp(`"code":"${code}"`));
	expect(shared.house.output).toMatch(new RegExp(`"stack":"[^"]+"[^\\n]*"code":"${code}"`));

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

test('while Discord does not answer, nobody is said not to be there', async () => {
	const stranger = await shared.house.discord.user('stranger');
	const guild = await shared.house.discord.guild();
	const general = guild.channel('general');
	await shared.house.discord.faults.rest('status', { method: 'GET', path: `users/${stranger.id}$`, status: 503, times: -1 });
	await guild.owner.send(general, `;ban ${stranger.id}`);
	await guild.owner.expectMessage(general, /Discord has trouble right now/);
	await shared.house.discord.faults.clear();
	await guild.owner.send(general, `;ban ${stranger.id}`);
	await guild.owner.expectMessage(general, /was banned/);
});

test('a slash command that the bot no longer has is answered', async () => {
	await person(2).commands(channel);
	const { applicationId, botToken, api } = shared.house.discord.description;
	const commands = `${api}/v10/applications/${applicationId}/commands`;
	const headers = { authorization: `Bot ${botToken}`, 'content-type': 'application/json' };
	const old = { name: 'gone', description: 'Of an older version', type: 1 };
	const { id } = Object(await (await fetch(commands, { method: 'POST', headers, body: JSON.stringify(old) })).json());
	const outcome = await person(2).slash(channel, 'gone');
	expect(outcome).toMatchObject({ ephemeral: true, failed: false });
	expect(text(outcome)).toMatch(/has changed/);
	await fetch(`${commands}/${id}`, { method: 'DELETE', headers });
});
