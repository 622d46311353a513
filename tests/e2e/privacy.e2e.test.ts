import { expect, test } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

async function place() {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bea'] });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { ana, bea, general: guild.channel('general') };
}

test('a member opts out, sees it in the table, and is told when it is so already', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';privacy names on');
	await ana.expectMessage(general, /opted out of `names`/);
	await ana.send(general, ';privacy names on');
	await ana.expectMessage(general, /already/);
	const shown = await ana.slash(general, 'privacy');
	expect(shown.message?.ephemeral).toBe(true);
	expect(shown.message?.text).toMatch(/`names` – opted out/);
	expect(shown.message?.text).toMatch(/`seen` – not opted out/);
	await shared.house.discord.expectNoFaults();
});

test('a switch can be taken back, by slash too', async () => {
	const { ana, general } = await place();
	const on = await ana.slash(general, 'privacy', { feature: 'seen', optout: true });
	expect(on.message?.text).toMatch(/opted out of `seen`/);
	const off = await ana.slash(general, 'privacy', { feature: 'seen', optout: false });
	expect(off.message?.text).toMatch(/no longer opted out of `seen`/);
});

test('a word that is no switch is answered with the switches there are', async () => {
	const { ana, general } = await place();
	await ana.send(general, ';privacy name on');
	await ana.expectMessage(general, /names/);
});

test('everything stored about a member comes by direct message, and nothing about others', async () => {
	const { ana, bea, general } = await place();
	await ana.send(general, ';selfprefix !!');
	await ana.expectMessage(general, /!!/);
	await bea.send(general, ';selfprefix ??');
	await bea.expectMessage(general, /\?\?/);

	const direct = await ana.dm(shared.house.discord.description.applicationId);
	await ana.send(general, ';mydata');
	const file = await ana.expectMessage(direct, (message) => message.attachments.length === 1);
	await ana.expectMessage(general, /sent you a file/);
	const [attachment] = file.attachments;
	expect(attachment?.['filename']).toBe(`evict-data-${ana.id}.json`);
	const data: unknown = await (await fetch(String(attachment?.['url']))).json();
	expect(data).toMatchObject({ user: ana.id, modules: { prefixes: { self_prefix: { rows: [{ prefix: '!!' }] } } } });
	expect(JSON.stringify(data)).not.toContain(bea.id);
	await shared.house.discord.expectNoFaults();
});

async function withSelfPrefix() {
	const { ana, general } = await place();
	await ana.send(general, ';selfprefix !!');
	await ana.expectMessage(general, /!!/);
	return { ana, general, stored: () => shared.db.selfPrefix.count({ where: { userId: BigInt(ana.id) } }) };
}

test('forgetting asks first, and no leaves everything as it is', async () => {
	const { ana, general, stored } = await withSelfPrefix();
	await ana.send(general, ';forgetme');
	await ana.click(await ana.expectMessage(general, /cannot be undone/), 'No');
	await ana.expectMessage(general, /Nothing was deleted/);
	expect(await stored()).toBe(1);
});

test('yes deletes it in the database and in memory', async () => {
	const { ana, general, stored } = await withSelfPrefix();
	await ana.send(general, '!!forgetme');
	await ana.click(await ana.expectMessage(general, /cannot be undone/), 'Yes');
	await ana.expectMessage(general, /I deleted/);
	expect(await stored()).toBe(0);
	const view = await ana.slash(general, 'prefix view');
	expect(view.message?.text).not.toContain('!!');
	await shared.house.discord.expectNoFaults();
});

test('by slash he alone sees the question and what was deleted', async () => {
	const { ana, general, stored } = await withSelfPrefix();
	const asked = await ana.slash(general, 'forgetme');
	expect(asked).toMatchObject({ ephemeral: true, text: expect.stringContaining('cannot be undone') });
	expect(await stored()).toBe(1);
	if (asked.message === null) throw new Error('Nothing was asked');
	await ana.click(asked.message, 'Yes');
	const told = await ana.expectMessage(general, /I deleted/);
	expect(told.ephemeral).toBe(true);
	expect(await stored()).toBe(0);
});

test('it works in direct messages too', async () => {
	const { ana } = await place();
	const direct = await ana.dm(shared.house.discord.description.applicationId);
	await ana.send(direct, ';mydata');
	await ana.expectMessage(direct, /nothing stored/);
});
