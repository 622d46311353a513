import { expect, test } from 'vitest';
import type { ChannelHandle, GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { withAdmins } from '../support/channelPlaces.js';
import { eventually } from '../support/eventually.js';
import { bit, give, overwritesOf, setOverwrite } from '../support/overwrites.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const deniedTo = async (guild: GuildHandle, channel: { id: string }, id: string) =>
	BigInt((await overwritesOf(guild, channel)).find((overwrite) => overwrite.id === id)?.deny ?? 0);

const isOpen = async (person: UserDriver, channel: ChannelHandle) =>
	person.send(channel, 'hello').then(
		() => true,
		() => false
	);

test('a moderator locks a channel and unlocks it: nobody writes meanwhile, and everything is as it was, by prefix and by slash', async () => {
	const mods = { name: 'mods', permissions: String(bit.manageChannels) };
	const guild = await shared.house.discord.guild({ members: ['ana', 'mo'], channels: ['general', 'staff', 'office'], roles: [mods] });
	const [ana, mo] = guild.members;
	if (!ana || !mo) throw new Error('The server is not complete');
	await give(guild, mo, guild.roles[0]);
	const [general, staff, office] = ['general', 'staff', 'office'].map((name) => guild.channel(name));
	if (!general || !staff || !office) throw new Error('The server is not complete');
	await setOverwrite(guild, general, guild.id, 0, bit.addReactions | bit.attachFiles, bit.embedLinks);
	const before = await overwritesOf(guild, general);

	await ana.send(general, ';lock');
	await ana.expectMessage(general, /You need these permissions for that: Manage Channels/);

	await mo.send(office, `;lock <#${general.id}> too much *noise*`);
	const answer = await mo.expectMessage(office, /is locked/);
	expect(answer.text).toContain('Case #1');
	expect(answer.text).toContain('too much \\*noise\\*');
	expect(await isOpen(ana, general)).toBe(false);
	expect((await overwritesOf(guild, general)).map(({ id }) => id)).toEqual([guild.id]);
	await guild.owner.send(general, `;lock`);
	await guild.owner.expectMessage(general, /#general.*is locked already/);

	expect((await mo.slash(office, 'lock open', { channel: general.id })).text).toMatch(/is as it was before the lock/);
	expect(await overwritesOf(guild, general)).toEqual(before);
	expect(await isOpen(ana, general)).toBe(true);
	await guild.owner.send(general, ';unlock');
	await guild.owner.expectMessage(general, /I did not lock \*\*#general\*\*/);

	// A private channel stays private: of the lock nothing is left, neither an allow nor an empty overwrite.
	await setOverwrite(guild, staff, guild.id, 0, 0n, bit.viewChannel);
	const hidden = await overwritesOf(guild, staff);
	const locked = await guild.owner.slash(staff, 'lock channel', { reason: 'a break' });
	expect(locked.text).toMatch(/is locked/);
	if (!locked.message) throw new Error('There is no answer');
	expect((await guild.owner.click(locked.message, 'Undo')).text).toMatch(/is as it was before the lock/);
	expect(await overwritesOf(guild, staff)).toEqual(hidden);

	const prisma = shared.db;
	const cases = await prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) }, orderBy: { number: 'asc' } });
	expect(cases.map(({ type, state }) => `${type} ${state}`)).toEqual(['lock undone', 'unlock active', 'lock undone', 'unlock active']);
	expect(await prisma.channelLock.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
});

test('a channel in which there was no overwrite has none afterwards; with a bot that is no administrator too, which goes on speaking there', async () => {
	const botPermissions = String(
		bit.manageRoles | bit.manageChannels | bit.viewChannel | bit.sendMessages | bit.embedLinks | bit.readHistory | bit.addReactions
	);
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general'], botPermissions });
	const [ana] = guild.members;
	if (!ana) throw new Error('The server is not complete');
	const general = guild.channel('general');
	expect(await overwritesOf(guild, general)).toEqual([]);
	await guild.owner.send(general, ';lock');
	await guild.owner.expectMessage(general, /is locked/);
	expect(await isOpen(ana, general)).toBe(false);
	expect((await overwritesOf(guild, general)).length).toBe(2);
	await guild.owner.send(general, ';unlock');
	await guild.owner.expectMessage(general, /is as it was before the lock/);
	expect(await overwritesOf(guild, general)).toEqual([]);
});

test('the bot says what it lacks instead of locking half', async () => {
	const guild = await shared.house.discord.guild({
		channels: ['general'],
		botPermissions: String(bit.viewChannel | bit.sendMessages | bit.embedLinks)
	});
	const general = guild.channel('general');
	await guild.owner.send(general, ';lock');
	await guild.owner.expectMessage(general, /I need these permissions in that channel: Manage Roles/);
	await guild.owner.send(general, ';slowmode 10s');
	await guild.owner.expectMessage(general, /I need these permissions in that channel: Manage Channels/);
	expect(await overwritesOf(guild, general)).toEqual([]);
});

test('what was changed by hand meanwhile stays, and the answer says so', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general'] });
	const general = guild.channel('general');
	await guild.owner.send(general, ';lock');
	await guild.owner.expectMessage(general, /is locked/);
	const denied = await deniedTo(guild, general, guild.id);
	// Reactions are allowed again by hand, and pictures forbidden.
	await setOverwrite(guild, general, guild.id, 0, bit.addReactions, (denied & ~bit.addReactions) | bit.attachFiles);
	await guild.owner.send(general, ';unlock');
	await guild.owner.expectMessage(general, /Somebody changed permissions there by hand meanwhile/);
	expect(await overwritesOf(guild, general)).toEqual([
		{ id: guild.id, type: 0, allow: String(bit.addReactions), deny: String(bit.attachFiles) }
	]);
});

test('who may manage one channel has no power over another, and does not hear of what he cannot see', async () => {
	const guild = await shared.house.discord.guild({ members: ['cleo', 'dora'], channels: ['hers', 'other', 'secret'] });
	const [cleo, dora] = guild.members;
	if (!cleo || !dora) throw new Error('The server is not complete');
	const [hers, other, secret] = ['hers', 'other', 'secret'].map((name) => guild.channel(name));
	if (!hers || !other || !secret) throw new Error('The server is not complete');
	for (const { id } of [cleo, dora]) await setOverwrite(guild, hers, id, 1, bit.manageChannels, 0n);
	await setOverwrite(guild, secret, guild.id, 0, 0n, bit.viewChannel);
	await cleo.send(hers, `;lock <#${other.id}>`);
	await cleo.expectMessage(hers, /You need these permissions in that channel: Manage Channels/);
	expect((await cleo.slash(hers, 'slowmode', { delay: '5s', channel: other.id })).text).toMatch(
		/You need these permissions in that channel/
	);
	await cleo.send(hers, `;lock <#${secret.id}>`);
	await cleo.expectMessage(hers, /I cannot find that channel/);
	await dora.send(hers, ';lock');
	await dora.expectMessage(hers, /is locked/);
	expect(await overwritesOf(guild, other)).toEqual([]);
});

test('a thread is locked as a whole', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general'] });
	const general = guild.channel('general');
	const made = await guild.owner.api.post(`/channels/${general.id}/threads`, { name: 'talk', type: 11 });
	const thread = { id: String(Object(made).id), name: 'talk', guildId: guild.id };
	const isLocked = async () => Object(Object(await guild.owner.api.object(`/channels/${thread.id}`)).thread_metadata).locked;
	await guild.owner.send(thread, ';lock');
	await guild.owner.expectMessage(thread, /is locked/);
	expect(await isLocked()).toBe(true);
	await guild.owner.send(thread, ';unlock');
	await guild.owner.expectMessage(thread, /is as it was before the lock/);
	expect(await isLocked()).toBe(false);
	await guild.owner.send(thread, ';imute @ana');
	await guild.owner.expectMessage(thread, /not in categories and threads/);
});

const isRestricted = async ({ owner }: GuildHandle, channel: { readonly id: string }) =>
	Object(await owner.api.object(`/channels/${channel.id}`)).nsfw === true;

test('an age restriction of 30 seconds ends by itself', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general'] });
	const [ana] = guild.members;
	if (!ana) throw new Error('The server is not complete');
	const general = guild.channel('general');
	await ana.send(general, ';naughty');
	await ana.expectMessage(general, /You need these permissions for that: Manage Channels/);
	await guild.owner.send(general, ';naughty');
	await guild.owner.expectMessage(general, /is age-restricted for 30 seconds/);
	expect(await isRestricted(guild, general)).toBe(true);
	expect((await guild.owner.slash(general, 'lock naughty')).text).toMatch(/is age-restricted already/);
	await shared.house.passTime({ seconds: 31 });
	await eventually('it is over', async () => !(await isRestricted(guild, general)));
});

test('a channel is meant by its name at the end of the line, and what looks like one and is none locks nothing', async () => {
	const { guild, admins } = await withAdmins(shared.house, ['general', 'staff']);
	const [ada, bob, cy] = admins;
	if (!ada || !bob || !cy) throw new Error('The server is not complete');
	const [general, staff] = ['general', 'staff'].map((name) => guild.channel(name));
	if (!general || !staff) throw new Error('The server is not complete');
	const untouched = await overwritesOf(guild, general);
	for (const line of [';lock #nowhere too loud', ';lock <#123456789012345678> too loud']) {
		await ada.send(general, line);
		await ada.expectMessage(general, /I could not find the channel/);
	}
	await ada.send(general, ';lock staff');
	await ada.expectMessage(general, `<#${staff.id}> is locked`);
	await bob.send(general, ';unlock staff');
	await bob.expectMessage(general, `<#${staff.id}> is as it was before the lock`);
	expect(await overwritesOf(guild, general)).toEqual(untouched);

	await bob.send(general, ';slowmode 10s staff for 1h');
	const slowed = await bob.expectMessage(general, new RegExp(`Slow mode of <#${staff.id}>: 0s → \\*\\*10s`));
	expect(slowed.text).toContain('Until: ');
	await bob.send(general, ';slowmode 10s nowhere for 1h');
	await bob.expectMessage(general, /I could not find the channel `nowhere`/);
	await cy.send(general, `;picperms <@${guild.members[0]?.id}> staff`);
	await cy.expectMessage(general, new RegExp(`Added pic perms.*<#${staff.id}>`));
	await cy.send(general, ';lockdown ignore staff');
	await cy.expectMessage(general, /No lock touches \*\*#staff\*\* any more/);
});

test('a name with spaces is one name, and that of a category locks nothing instead', async () => {
	const channels = ['general', { name: 'Voice Room', type: 2 }, { name: 'Staff Area', type: 4 }];
	const { owner, ...guild } = await shared.house.discord.guild({ channels });
	const [general, room] = [guild.channel('general'), guild.channel('Voice Room')];
	await owner.send(general, ';lock voice room');
	await owner.expectMessage(general, `<#${room.id}> is locked`);
	await owner.send(general, ';lock Staff Area');
	await owner.expectMessage(general, '`Staff Area` is not the right kind of channel for this.');
	await owner.waits(6);
	await owner.send(general, ';lock Voice Room is too loud');
	const answer = await owner.expectMessage(general, `<#${general.id}> is locked`);
	expect(answer.text).toContain('Reason: Voice Room is too loud');
});

test('"lock all" and "unlockall" are about all channels, never about this one alone', async () => {
	const { guild, admins } = await withAdmins(shared.house, ['general', 'staff']);
	const [ada, bob] = admins;
	if (!ada || !bob) throw new Error('The server is not complete');
	const general = guild.channel('general');
	await ada.send(general, ';lock all a raid');
	await ada.expectMessage(general, /Shall I lock 2 channels for everybody\?/);
	expect(await overwritesOf(guild, general)).toEqual([]);
	await bob.send(general, ';unlockall');
	await bob.expectMessage(general, /There is nothing of that kind to take back/);
});
