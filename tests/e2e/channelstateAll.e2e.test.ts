import { expect, test } from 'vitest';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { aChannel, picture, saysYes, serverOfChannels } from '../support/manyChannels.js';
import { bit, overwritesOf, setOverwrite } from '../support/overwrites.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const typesOf = async (guild: GuildHandle) => {
	const prisma = shared.db;
	const cases = await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });
	return cases.map(({ type, state }) => `${type} ${state}`);
};

const mayWrite = (person: UserDriver, channel: { id: string }) =>
	person.send(channel, 'hello').then(
		() => true,
		() => false
	);

test('all channels are locked and unlocked: every overwrite of every channel is byte for byte what it was', async () => {
	const { guild, ana, ada, bob, cy } = await serverOfChannels(
		shared.house,
		Array.from({ length: 8 }, (_, index) => aChannel(`room-${index}`))
	);
	const office = guild.channel('office');
	const before = await picture(guild);

	await ana.send(office, ';lockall');
	await ana.expectMessage(office, /You need these permissions for that: Administrator/);
	await ada.send(office, ';lockdown raid');
	const summary = await saysYes(ada, office, /Shall I lock 15 channels for everybody\?/);
	expect(summary.text).toMatch(/Lock all channels/);
	expect(summary.text).toMatch(/Done\n15/);
	for (const name of ['general', 'room-7']) expect(await mayWrite(ana, guild.channel(name)), name).toBe(false);
	// Who sees the channel is told.
	expect((await guild.owner.messages(guild.channel('room-3'))).at(-1)?.text).toMatch(
		/This channel is locked for the moment.\nReason: raid/
	);
	expect(await guild.owner.messages(guild.channel('staff'))).toEqual([]);
	await ada.send(office, ';lockall');
	await ada.expectMessage(office, /There is no channel left to do that in/);

	await bob.slash(office, 'lock openall');
	const over = await saysYes(bob, office, /Shall I unlock 15 channels\?/);
	expect(over.text).toMatch(/Done\n15/);
	expect(await picture(guild)).toBe(before);
	expect(await typesOf(guild)).toEqual(['lockall undone', 'unlockall active']);

	// The same with the button, and quietly.
	await cy.slash(office, 'lock all', { quiet: 'quiet' });
	const again = await saysYes(cy, office, /Shall I lock 15 channels/);
	expect((await guild.owner.messages(guild.channel('room-3'))).length).toBe(1);
	expect((await ana.click(again, 'Undo')).text).toMatch(/You need these permissions for that: Administrator/);
	await cy.click(again, 'Undo');
	const undoing = await cy.expectMessage(office, /Unlock the channels that were locked together/);
	await cy.expectEdit(undoing, /Finished/, 30_000);
	expect(await picture(guild)).toBe(before);
	expect(await typesOf(guild)).toEqual(['lockall undone', 'unlockall active', 'lockall undone', 'unlockall active']);
});

test('all channels are hidden and shown again; private ones stay private', async () => {
	const { guild, ana, ada, bob } = await serverOfChannels(shared.house);
	const office = guild.channel('office');
	const before = await picture(guild);
	await ada.send(office, ';viewlockall');
	// The private channel is hidden already.
	expect((await saysYes(ada, office, /Shall I hide 7 channels from everybody\?/)).text).toMatch(/Done\n6[\s\S]*Nothing to do\n1/);
	await expect(ana.messages(guild.channel('general'))).rejects.toThrow();
	await bob.send(office, ';unlock viewall');
	await saysYes(bob, office, /Shall I show 6 channels again\?/);
	expect(await picture(guild)).toBe(before);
	expect(await mayWrite(ana, guild.channel('general'))).toBe(true);
	await bob.send(office, ';unviewlockall');
	await bob.expectMessage(office, /There is nothing of that kind to take back/);
});

test('by slash they are hidden and shown too; a member may do neither', async () => {
	const { guild, ana, ada, bea, bob } = await serverOfChannels(shared.house);
	const office = guild.channel('office');
	const before = await picture(guild);
	const refused = { ephemeral: true, text: expect.stringContaining('You need these permissions for that: Administrator') };
	await expect(ana.slash(office, 'lock viewall')).resolves.toMatchObject(refused);
	await expect(bea.slash(office, 'lock unviewall')).resolves.toMatchObject(refused);
	expect(await picture(guild)).toBe(before);
	await ada.slash(office, 'lock viewall');
	await saysYes(ada, office, /Shall I hide 7 channels from everybody\?/);
	await expect(ana.messages(guild.channel('general'))).rejects.toThrow();
	await bob.slash(office, 'lock unviewall');
	await saysYes(bob, office, /Shall I show 6 channels again\?/);
	expect(await picture(guild)).toBe(before);
	expect(await mayWrite(ana, guild.channel('general'))).toBe(true);
});

test('a bot that is no administrator hides and locks everything and finds its way back', async () => {
	const botPermissions = String(
		bit.manageRoles |
			bit.manageChannels |
			bit.viewChannel |
			bit.sendMessages |
			bit.embedLinks |
			bit.readHistory |
			bit.addReactions |
			bit.connect
	);
	const { guild, ada, bob } = await serverOfChannels(shared.house, [], botPermissions);
	const office = guild.channel('office');
	// It has no access to this one, and says so.
	const before = await picture(guild);
	await ada.send(office, ';lockall');
	const locked = await saysYes(ada, office, /Shall I lock 7 channels/);
	expect(locked.text).toMatch(/Failed\n1/);
	expect(locked.attachments).toMatchObject([{ filename: 'failed.txt' }]);
	await ada.send(office, ';lock viewall');
	await saysYes(ada, office, /Shall I hide 7 channels/);
	await bob.send(office, ';unlock all');
	await saysYes(bob, office, /Shall I unlock \d channels/);
	await bob.send(office, ';unlock viewall');
	await saysYes(bob, office, /Shall I show \d channels/);
	expect(await picture(guild)).toBe(before);
});

test('channels that were locked one by one stay locked; ignored ones are left alone; what was changed by hand is said', async () => {
	const { guild, ana, ada, bob, cy } = await serverOfChannels(shared.house);
	const [office, general, voice] = ['office', 'general', 'voice'].map((name) => guild.channel(name));
	if (!office || !general || !voice) throw new Error('The server is not complete');
	await cy.send(office, ';lockdown ignore #voice');
	await cy.expectMessage(office, /No lock touches/);
	await cy.send(office, ';lock #general');
	await cy.expectMessage(office, /is locked/);
	const locked = await overwritesOf(guild, general);
	const free = await overwritesOf(guild, voice);

	await ada.send(office, ';lockall');
	await saysYes(ada, office, /Shall I lock 5 channels/);
	expect(await overwritesOf(guild, voice)).toEqual(free);
	const prisma = shared.db;
	const locks = await prisma.channelLock.findMany({ where: { guildId: BigInt(guild.id), kind: 'send', userId: 0n } });
	expect(locks.filter(({ everywhere }) => !everywhere).map(({ actorId }) => actorId)).toEqual([BigInt(cy.id)]);
	expect(new Set(locks.filter(({ everywhere }) => everywhere).map(({ actorId }) => actorId))).toEqual(new Set([BigInt(ada.id)]));

	// One of them is opened alone, another by hand.
	await bob.send(office, ';unlock #news');
	await bob.expectMessage(office, /is as it was before the lock/);
	await setOverwrite(guild, guild.channel('help'), guild.id, 0, bit.sendMessages, 0n);
	await bob.send(office, ';unlock all');
	const summary = await saysYes(bob, office, /Shall I unlock 4 channels/);
	expect(summary.text).toMatch(/Done\n3[\s\S]*Failed\n1/);
	const [file] = summary.attachments;
	const text = await (await fetch(String(file?.['url']))).text();
	expect(text).toMatch(/help.*somebody changed its permissions meanwhile/);
	expect(await overwritesOf(guild, general)).toEqual(locked);
	expect(await mayWrite(ana, general)).toBe(false);
	expect(await overwritesOf(guild, guild.channel('help'))).toEqual([{ id: guild.id, type: 0, allow: String(bit.sendMessages), deny: '0' }]);
});

test('work that is stopped leaves what was done locked and remembered; a second one must wait', async () => {
	const { guild, ada, bob, cy } = await serverOfChannels(
		shared.house,
		Array.from({ length: 40 }, (_, index) => aChannel(`room-${index}`))
	);
	const office = guild.channel('office');
	const before = await picture(guild);
	await ada.send(office, ';lockall quiet');
	await ada.click(await ada.expectMessage(office, /Shall I lock 47 channels/), 'Yes');
	const progress = await ada.expectMessage(office, /of 47/);
	await bob.send(office, ';lockall');
	await bob.click(await bob.expectMessage(office, /Shall I lock \d+ channels/), 'Yes');
	await bob.expectMessage(office, /I am still busy with this here/);
	await cy.click(progress, 'Cancel');
	const stopped = await ada.expectEdit(progress, /Stopped by/, 30_000);
	expect(stopped.text).toMatch(/To go/);
	const prisma = shared.db;
	const locked = await prisma.channelLock.count({ where: { guildId: BigInt(guild.id), everywhere: true } });
	expect(locked).toBeGreaterThan(0);
	expect(locked).toBeLessThan(47);
	await bob.send(office, ';unlock all');
	await saysYes(bob, office, new RegExp(`Shall I unlock ${locked} channel`));
	expect(await picture(guild)).toBe(before);
});

test('files are revoked in all channels and given back; a mute of one channel does not disturb it', async () => {
	const { guild, ana, bea, ada, bob, cy } = await serverOfChannels(shared.house);
	const office = guild.channel('office');
	const general = guild.channel('general');
	const before = await picture(guild);
	await bea.send(office, `;revokefiles on <@${ana.id}>`);
	await bea.expectMessage(office, /You need these permissions for that: Manage Messages/);
	await ada.send(office, `;revokefiles on <@${bob.id}> spam`);
	await ada.expectMessage(office, /has a role as high as yours or higher/);
	await ada.send(office, `;revokefiles on <@${ana.id}> spam`);
	await saysYes(ada, office, /Shall I keep \*\*ana\*\* from sending files in 7 channels\?/);
	const ofAna = async () => (await overwritesOf(guild, general)).find(({ id }) => id === ana.id);
	expect(await ofAna()).toMatchObject({ allow: '0', deny: String(bit.attachFiles | bit.embedLinks) });

	await cy.send(office, `;imute <@${ana.id}> #general`);
	await cy.expectMessage(office, /can no longer send pictures/);
	await bob.slash(office, 'lock media files', { state: 'off', user: ana.id });
	await saysYes(bob, office, /Shall I let \*\*ana\*\* send files again in 7 channels\?/);
	expect(await ofAna()).toMatchObject({ allow: '0', deny: String(bit.attachFiles | bit.embedLinks) });
	await cy.send(office, `;iunmute <@${ana.id}> #general`);
	await cy.expectMessage(office, /is no longer kept/);
	expect(await picture(guild)).toBe(before);
	expect(await typesOf(guild)).toEqual(['revokefiles undone', 'imute undone', 'restorefiles active', 'iunmute active']);
});
