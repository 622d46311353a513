import { expect, test } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const bot = () => shared.house.discord.description.applicationId;

async function place(botPermissions?: string) {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bea'],
		channels: ['general', 'lounge'],
		...(botPermissions === undefined ? {} : { botPermissions })
	});
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { guild, owner: guild.owner, ana, bea, general: guild.channel('general'), lounge: guild.channel('lounge') };
}

test('anybody asks how fast the bot is and how long it runs, by prefix, slash, mention, and in a direct message', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';ping');
	const pong = await ana.expectMessage(general, /Pong!/);
	await ana.expectEdit(pong, /Pong! .*\d+ ms/);
	expect(pong.mentions).toEqual([]);

	const bySlash = await ana.slash(general, 'ping');
	expect(bySlash).toMatchObject({ acked: true, failed: false, ephemeral: false });

	await ana.send(general, `<@${bot()}> uptime`);
	await ana.expectMessage(general, /I have been running for .*since <t:\d+:f>/);

	const direct = await ana.dm(bot());
	await ana.send(direct, ';ping');
	await ana.expectMessage(direct, /Pong!/);
	await shared.house.discord.expectNoFaults();
});

test('an edit within a minute calls a command, and only once', async () => {
	const { ana, lounge } = await place();
	const message = await ana.send(lounge, ';pimg');
	await ana.edit(message, ';uptime');
	await ana.expectMessage(lounge, /I have been running/);
	await ana.edit(message, ';uptime please');
	await ana.send(lounge, ';ping');
	await ana.expectMessage(lounge, /Pong!/);
	expect((await ana.messages(lounge)).filter((one) => one.isBot)).toHaveLength(2);
});

test('words that were no call are mended by an edit, and that one counts', async () => {
	const { ana, lounge } = await place();
	const message = await ana.send(lounge, ';privacy nams');
	await ana.expectMessage(lounge, /Did you mean `names`/);
	await ana.edit(message, ';privacy names');
	await ana.expectMessage(lounge, /Your privacy switches/);
	await ana.edit(message, ';privacy seen');
	await ana.send(lounge, ';ping');
	await ana.expectMessage(lounge, /Pong!/);
	expect((await ana.messages(lounge)).filter((one) => one.isBot)).toHaveLength(3);
});

test('who may manage the server finds out why a command does not work; a plain member is refused, in a message that goes away', async () => {
	const { owner, ana, general } = await place();
	await owner.send(general, `;diagnose "prefix" <#${general.id}> ${ana.mention}`);
	const why = await owner.expectMessage(general, /Something stands in the way/);
	expect(why.text).toMatch(/The member's permissions.*You need these permissions for that: Manage Server/);

	const fine = await owner.slash(general, 'diagnose', { command: 'ping' });
	expect(fine.ephemeral).toBe(true);
	expect(fine.text).toContain('Nothing stands in the way.');

	await owner.send(general, `;diagnose prefix set <#${general.id}> ${ana.mention}`);
	await owner.expectMessage(general, /The member's permissions.*You need these permissions for that: Manage Server/s);

	await ana.send(general, ';diagnose ping');
	const refused = await ana.expectMessage(general, /You need these permissions for that: Manage Server/);
	expect(refused.mentions).toEqual([]);
	expect(await owner.autocomplete(general, 'diagnose', { command: 'pin' }, 'command')).toContainEqual({ name: 'ping', value: 'ping' });
	await shared.house.discord.expectNoFaults();
});

test('a wrong word is answered with how it is meant', async () => {
	const { owner, ana, general } = await place();
	await owner.send(general, ';diagnose pingg');
	await owner.expectMessage(general, /no command `pingg`.*`ping`/);
	expect((await owner.slash(general, 'diagnose', { command: 'alias' })).text).toMatch(/Say what you want to do:.*alias add/s);
	await owner.send(general, ';prefix a b c');
	await owner.expectMessage(general, /don't know what to do with `b c`.*\n?.*Usage: `;prefix <prefix>`/s);
	// Other bots share the prefix: what is no command of ours is not ours to answer.
	await ana.send(general, ';play a song');
	await ana.send(general, ';ping');
	await ana.expectMessage(general, /Pong/);
	expect((await ana.messages(general)).filter((one) => one.isBot)).toHaveLength(3);
});

test('four commands in a row are one too many: said once, then silence', async () => {
	const { bea, general, lounge } = await place();
	for (let call = 0; call < 3; call += 1) {
		await bea.send(lounge, ';uptime');
		await bea.expectMessage(lounge, /I have been running/);
	}
	await bea.send(lounge, ';uptime');
	await bea.expectMessage(lounge, /Slow down/);
	await bea.send(lounge, ';uptime');
	const { acked, ephemeral, text } = await bea.slash(general, 'ping');
	expect({ acked, ephemeral }).toEqual({ acked: true, ephemeral: true });
	expect(text).toContain('Slow down');
	expect((await bea.messages(lounge)).filter((one) => one.text.includes('Slow down'))).toHaveLength(1);
});

test('a group without one of its commands is answered as often as a command, and in a direct message as where it belongs', async () => {
	const { ana, lounge } = await place();
	for (let call = 0; call < 3; call += 1) {
		await ana.send(lounge, ';alias');
		await ana.expectMessage(lounge, /Say what you want to do/);
	}
	await ana.send(lounge, ';alias');
	await ana.expectMessage(lounge, /Slow down/);
	const direct = await ana.dm(bot());
	await ana.send(direct, ';alias');
	await ana.expectMessage(direct, /This works in a server only/);
});

test('each shard is named, with the caller marked', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';shards');
	await ana.expectMessage(general, /📍 Shard 0: (?:just connected|\d+ ms) ・ servers: \d+ ・ members: \d+/);
});

test('where the bot cannot write, a command changes nothing and nobody hears of an error; by slash it can', async () => {
	const { owner, general } = await place('0');
	await owner.api.put(`/channels/${general.id}/permissions/${bot()}`, { type: 1, allow: '0', deny: String(1 << 11) });
	const before = (await owner.messages(general)).length;
	await owner.send(general, ';prefix !');
	const view = await owner.slash(general, 'prefix view');
	expect(view.text).toContain('`;`');
	expect((await owner.messages(general)).filter((one) => !one.ephemeral)).toHaveLength(before + 2);
	expect(shared.house.output).not.toMatch(/Unexpected error/);
});

test('where the bot may not write, Discord is not asked to take a refusal: it shuts out who is refused too often', async () => {
	const { guild, owner, general } = await place('0');
	const thread = Object(await owner.api.post(`/channels/${general.id}/threads`, { name: 'talk', type: 11 }));
	const writing = (1n << 11n) | (1n << 38n);
	await owner.api.put(`/channels/${general.id}/permissions/${bot()}`, { type: 1, allow: '0', deny: String(writing) });
	for (const order of [';uptime', ';ban', `<@${bot()}>`]) await owner.send(general, order);
	await owner.send({ id: String(thread.id) }, ';uptime');
	const elsewhere = Object(await owner.api.post(`/guilds/${guild.id}/channels`, { name: 'elsewhere' }));
	await owner.send({ id: String(elsewhere.id) }, ';uptime');
	await owner.expectMessage({ id: String(elsewhere.id) }, /I have been running/);
	const said = await shared.house.discord.requests(
		({ path }) => path.startsWith(`/channels/${general.id}/`) || path.startsWith(`/channels/${thread.id}/`)
	);
	expect(said.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([]);
});

test('in a thread it counts whether the bot may write in threads: then it answers, else a command changes nothing', async () => {
	const view = 0x400n | 0x4000n | 0x10000n;
	const inThreads = 1n << 38n;
	const threadOf = async (permissions: bigint) => {
		const { guild, owner, general } = await place(String(permissions));
		await owner.api.patch(`/guilds/${guild.id}/roles/${guild.id}`, { permissions: String(permissions) });
		const made = Object(await owner.api.post(`/channels/${general.id}/threads`, { name: 'talk', type: 11 }));
		return { owner, general, thread: { id: String(made.id) } };
	};
	const open = await threadOf(view | inThreads);
	await open.owner.send(open.thread, ';ping');
	await open.owner.expectMessage(open.thread, /Pong!/);

	const closed = await threadOf(view | 0x800n);
	await closed.owner.send(closed.thread, ';prefix !');
	await closed.owner.send(closed.general, ';prefix view');
	await closed.owner.expectMessage(closed.general, 'My prefix here is `;`.');
});
