import { expect } from 'vitest';
import type { GuildHandle } from '../../../emulator/driver/index.js';
import { withAdmins, withMods } from '../../support/channelPlaces.js';
import { eventually } from '../../support/eventually.js';
import { bit, overwritesOf, setOverwrite } from '../../support/overwrites.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function channelstateStories(here: TogetherHouse): void {
	const isRestricted = async ({ owner }: GuildHandle, channel: { readonly id: string }) =>
		(await owner.api.object(`/channels/${channel.id}`))['nsfw'] === true;
	const ofMember = async (guild: GuildHandle, channel: { id: string }, { id }: { id: string }) =>
		(await overwritesOf(guild, channel)).find((overwrite) => overwrite.id === id) ?? null;
	const pictures = bit.attachFiles | bit.embedLinks;

	here.story('channels that are ignored cannot be locked; deleted channels are forgotten', async () => {
		const { guild, admins, ana } = await withAdmins(here.house, ['general', 'rules', 'old']);
		const [ada, bob, cy] = admins;
		const [general, rules, old] = ['general', 'rules', 'old'].map((name) => guild.channel(name));
		if (!ada || !bob || !cy || !general || !rules || !old) throw new Error('The server is not complete');
		await ana.send(general, ';lockdown ignore #rules');
		await ana.expectMessage(general, /You need these permissions for that: Administrator/);
		await ada.send(general, ';lockdown ignore #rules');
		await ada.expectMessage(general, /No lock touches \*\*#rules\*\* any more/);
		expect((await ada.slash(general, 'lock ignore', {})).text).toContain(`<#${rules.id}>`);
		expect((await ada.slash(general, 'lock channel', { channel: rules.id })).text).toMatch(/among the channels that no lock touches/);

		await bob.send(general, ';lockdown ignore #old');
		await bob.expectMessage(general, /No lock touches \*\*#old\*\* any more/);
		await bob.send(general, ';lock');
		await bob.expectMessage(general, /is locked/);
		const where = { guildId: BigInt(guild.id) };
		await guild.owner.api.delete(`/channels/${old.id}`);
		await eventually('the channel is not ignored any more', async () => (await here.db.lockIgnore.count({ where })) === 1);
		await here.end(() => guild.owner.api.delete(`/channels/${general.id}`));
		await eventually('its lock is forgotten', async () => (await here.db.channelLock.count({ where })) === 0);
		await cy.send(rules, ';lockdown ignore #rules');
		await cy.expectMessage(rules, /Locks count for \*\*#rules\*\* again/);
		await cy.send(rules, ';lockdown ignore');
		await cy.expectMessage(rules, /There is no channel that locks leave alone/);
	});

	here.story('slow mode: as long as said, and then what it was before; like an age restriction also when the bot was down', async () => {
		const { guild, admins, ana } = await withAdmins(here.house, ['general', 'attic']);
		const [ada, bob, cy] = admins;
		if (!ada || !bob || !cy) throw new Error('The server is not complete');
		const [general, attic] = [guild.channel('general'), guild.channel('attic')];
		const slowness = async () => Object(await guild.owner.api.object(`/channels/${general.id}`)).rate_limit_per_user;
		await ana.send(general, ';sm 10');
		await ana.expectMessage(general, /You need these permissions for that: Manage Channels/);
		await ada.send(general, ';slowmode 7h');
		await ada.expectMessage(general, /6h/);
		await ada.send(general, ';sm 10');
		await ada.expectMessage(general, /0s → \*\*10s\*\*/);
		expect(await slowness()).toBe(10);

		expect((await bob.slash(general, 'slowmode', { delay: '5m', for: '1h' })).text).toMatch(/10s → \*\*5m\*\*/);
		// A second one for a time does not take the first one for what was there before.
		await bob.send(general, ';slowmode 1m for 3h');
		await bob.expectMessage(general, /5m → \*\*1m\*\*/);
		await bob.send(attic, ';naughty');
		await bob.expectMessage(attic, /is age-restricted for 30 seconds/);
		await here.outage();
		await eventually('an age restriction is over too', async () => !(await isRestricted(guild, attic)));
		expect(await slowness()).toBe(60);
		await here.hour();
		await eventually('the slow mode is what it was', async () => (await slowness()) === 10);

		const off = await cy.slash(general, 'slowmode', { delay: 'off' });
		expect(off.text).toMatch(/10s → \*\*0s\*\*/);
		if (!off.message) throw new Error('There is no answer');
		await cy.click(off.message, 'Undo');
		expect(await slowness()).toBe(10);
		await cy.send(general, ';slowmode 10s');
		await cy.expectMessage(general, /has that slow mode already/);
		const cases = await here.db.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });
		expect(cases.map(({ type, state }) => `${type} ${state}`)).toEqual([
			'slowmode superseded',
			'slowmode superseded',
			'slowmode expired',
			'naughty expired',
			'slowmode undone',
			'unslowmode active'
		]);
	});

	here.story(
		'an image mute takes two permissions from one member in one channel, and ends with exactly what was there before',
		async () => {
			const { guild, ana, bea, mo, mia, general, art } = await withMods(here.house);
			await setOverwrite(guild, art, ana.id, 1, bit.attachFiles | bit.addReactions, bit.readHistory);
			const before = await overwritesOf(guild, art);

			await ana.send(general, `;imute <@${mo.id}>`);
			await ana.expectMessage(general, /You need these permissions for that: Manage Channels/);
			await mo.send(general, `;imute <@${bea.id}>`);
			await mo.expectMessage(general, /has a role as high as yours or higher/);
			expect((await mo.slash(general, 'lock media image', { member: mo.id })).text).toMatch(/cannot do that to yourself/);
			expect((await mo.slash(general, 'lock media image', { member: guild.owner.id })).text).toMatch(/owner of the server/);

			// Two channels, two mutes: the one does not end the other.
			await mia.send(general, `;imute <@${ana.id}> <#${art.id}> 1h off topic`);
			const answer = await mia.expectMessage(general, /can no longer send pictures in <#\d+>/);
			expect(answer.text).toMatch(/Until: /);
			expect(answer.text).toMatch(/Reason: off topic/);
			expect((await mia.slash(general, 'lock media image', { member: ana.id })).text).toMatch(/can no longer send pictures/);
			expect(await ofMember(guild, art, ana)).toMatchObject({ allow: String(bit.addReactions), deny: String(pictures | bit.readHistory) });
			expect(await ofMember(guild, general, ana)).toMatchObject({ allow: '0', deny: String(pictures) });
			expect((await guild.owner.slash(general, 'lock media image', { member: ana.id })).text).toMatch(/cannot send pictures in .* already/);

			await here.outage();
			const isAsBefore = async () => JSON.stringify(await overwritesOf(guild, art)) === JSON.stringify(before);
			await eventually('the mute for an hour is over', isAsBefore);
			const states = async () =>
				(await here.db.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } })).map(
					({ type, state }) => `${type} ${state}`
				);
			await eventually('the cases say so', async () => (await states()).join() === 'imute expired,imute active');

			// Who left is freed too: nothing of us stays on the channel.
			await ana.leave(guild.id);
			await mo.send(general, `;iunmute ${ana.id}`);
			await mo.expectMessage(general, /is no longer kept from sending pictures/);
			expect(await ofMember(guild, general, ana)).toBeNull();
			expect(await states()).toEqual(['imute expired', 'imute undone', 'iunmute active']);
			await mo.send(general, `;iunmute ${ana.id}`);
			await mo.expectMessage(general, /is not kept from sending pictures/);
		}
	);
}
