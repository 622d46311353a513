import { expect, test } from 'vitest';
import type { GuildHandle } from '../../emulator/driver/index.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function aServer(...members: string[]): Promise<GuildHandle & { general: { id: string } }> {
	const guild = await shared.house.discord.guild({ members });
	return { ...guild, general: guild.channel('general') };
}

test('by slash the same command sets it, and the bare prefix goes back with reset', async () => {
	const { owner, general } = await aServer('ana');
	const set = await owner.slash(general, 'prefix set', { prefix: '$' });
	expect(set.text).toContain('The prefix is `$` now. It was `;`.');
	const refused = await owner.slash(general, 'prefix set', { prefix: '@everyone' });
	expect(refused).toMatchObject({ ephemeral: true });
	expect(refused.text).toContain('A prefix cannot have a mention');
	await owner.send(general, '$prefix reset');
	await owner.expectMessage(general, 'The prefix is `;` again. It was `$`.');
});

test('the reset by slash is for who may set it; the old prefix is dead and the bare one works', async () => {
	const { owner, members, general } = await aServer('ana');
	const [ana] = members;
	if (ana === undefined) throw new Error('The server has no members');
	await owner.send(general, ';prefix !');
	await owner.expectMessage(general, 'The prefix is `!` now. It was `;`.');
	const refused = await ana.slash(general, 'prefix reset');
	expect(refused).toMatchObject({ ephemeral: true, text: expect.stringContaining('You need these permissions for that: Manage Server.') });
	await ana.send(general, '!prefix view');
	await ana.expectMessage(general, 'My prefix here is `!`.');

	const reset = await owner.slash(general, 'prefix reset');
	expect(reset.text).toContain('The prefix is `;` again. It was `!`.');
	await ana.send(general, '!ping');
	await ana.send(general, ';prefix view');
	await ana.expectMessage(general, 'My prefix here is `;`.');
	expect((await ana.messages(general)).filter(({ text }) => text.includes('Pong'))).toEqual([]);
});

test('one’s own prefix works beside the server’s, for its owner alone, in every server', async () => {
	const first = await aServer('ana', 'bob');
	const [ana, bob] = first.members;
	if (ana === undefined || bob === undefined) throw new Error('The server has no members');
	const second = await shared.house.discord.guild({ members: [ana] });
	await ana.send(first.general, ';selfprefix ?');
	await ana.expectMessage(first.general, 'Your own prefix is `?` now, in every server.');
	await ana.send(second.channel('general'), '?prefix view');
	await ana.expectMessage(second.channel('general'), 'My prefix here is `;`, and your own is `?`.');
	await bob.send(first.general, '?ping');
	await bob.send(first.general, ';selfprefix none');
	await bob.expectMessage(first.general, "You don't have a self prefix.");
	expect((await bob.messages(first.general)).filter(({ text }) => text.includes('Pong'))).toEqual([]);

	const own = await bob.slash(first.general, 'selfprefix', { prefix: '%' });
	expect(own.text).toContain('Your own prefix is `%` now, in every server.');
	await bob.send(first.general, '%prefix view');
	await bob.expectMessage(first.general, 'My prefix here is `;`, and your own is `%`.');

	const direct = await ana.dm(shared.house.discord.description.applicationId);
	await ana.send(direct, ';selfprefix none');
	await ana.expectMessage(direct, 'You have no prefix of your own any more. It was `?`.');
});

test('a bare mention is told the prefixes once in ten seconds, and pings nobody; a mention is a prefix', async () => {
	const { members, general } = await aServer('ana');
	const [ana] = members;
	const mention = `<@${shared.house.discord.description.applicationId}>`;
	await ana?.send(general, mention);
	const answer = await ana?.expectMessage(general, 'My prefix here is `;`.');
	expect(answer?.mentions).toEqual([]);
	await ana?.send(general, mention);
	await ana?.send(general, `${mention} prefix view`);
	await ana?.expectMessage(general, 'My prefix here is `;`.');
	expect((await ana?.messages(general))?.filter(({ isBot }) => isBot)).toHaveLength(2);

	await shared.house.passTime({ seconds: 10 });
	await ana?.send(general, mention);
	await ana?.expectMessage(general, 'My prefix here is `;`.');
});

test('where the bot may not read the history, it answers without a reply; where it may not speak, a mention is no fault', async () => {
	const guild = await shared.house.discord.guild({ botPermissions: String(0x400 | 0x800 | 0x4000) });
	const general = guild.channel('general');
	await guild.owner.api.patch(`/guilds/${guild.id}/roles/${guild.id}`, { permissions: '0' });
	for (const line of [';ping', ';prefix toolong', `<@${shared.house.discord.description.applicationId}>`]) {
		const said = await guild.owner.send(general, line);
		const answer = await guild.owner.expectMessage(general, /Pong|too long|My prefix/);
		expect(answer.replyTo, `${said.text} was answered`).toBeNull();
	}
	const mute = await shared.house.discord.guild({ botPermissions: String(0x400) });
	await mute.owner.api.patch(`/guilds/${mute.id}/roles/${mute.id}`, { permissions: '0' });
	await mute.owner.send(mute.channel('general'), `<@${shared.house.discord.description.applicationId}>`);
	await guild.owner.send(general, ';uptime');
	await guild.owner.expectMessage(general, /I have been running/);
	expect(shared.house.output).not.toMatch(/"level":"error"/);
});
