import { expect, test } from 'vitest';
import type { ChannelHandle, GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { withMods } from '../support/channelPlaces.js';
import { eventually } from '../support/eventually.js';
import { bit, overwritesOf, setOverwrite } from '../support/overwrites.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const ofMember = async (guild: GuildHandle, channel: { id: string }, { id }: { id: string }) =>
	(await overwritesOf(guild, channel)).find((overwrite) => overwrite.id === id) ?? null;

const pictures = bit.attachFiles | bit.embedLinks;

test('reactions are muted and given back; two mutes on one member do not disturb each other', async () => {
	const { guild, ana, mo, mia, general } = await withMods(shared.house);
	expect((await mo.slash(general, 'lock media reaction', { member: ana.id, reason: 'spam' })).text).toMatch(/can no longer add reactions/);
	await mo.send(general, `;imagemute <@${ana.id}>`);
	await mo.expectMessage(general, /can no longer send pictures/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: '0', deny: String(pictures | bit.addReactions) });
	await mia.send(general, `;reactionunmute <@${ana.id}>`);
	await mia.expectMessage(general, /is no longer kept from adding reactions/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: '0', deny: String(pictures) });
	expect((await mia.slash(general, 'lock media unimage', { user: ana.id })).text).toMatch(/is no longer kept from sending pictures/);
	expect(await ofMember(guild, general, ana)).toBeNull();

	// Denied by hand: there is nothing to remember, so it is cleared, never allowed.
	await setOverwrite(guild, general, ana.id, 1, bit.readHistory, bit.addReactions);
	expect((await mia.slash(general, 'lock media unreaction', { user: ana.id })).text).toMatch(/is no longer kept/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: String(bit.readHistory), deny: '0' });
});

test('a mute whose person asked to be forgotten ends all the same', async () => {
	const { guild, ana, mo, general } = await withMods(shared.house);
	await mo.send(general, `;rmute <@${ana.id}> 1h`);
	await mo.expectMessage(general, /can no longer add reactions/);
	const prisma = shared.db;
	await prisma.moderationCase.updateMany({ where: { guildId: BigInt(guild.id) }, data: { userId: null } });
	await shared.house.passTime({ minutes: 61 });
	await eventually('the mute is over', async () => (await ofMember(guild, general, ana)) === null);
	const isForgotten = async () => (await prisma.channelLock.count({ where: { guildId: BigInt(guild.id) } })) === 0;
	await eventually('nothing of it is kept', isForgotten);
});

test('pic perms are added and removed; who is muted gets none', async () => {
	const { guild, ana, mo, mia, general } = await withMods(shared.house);
	await ana.send(general, `;pic <@${ana.id}>`);
	await ana.expectMessage(general, /You need these permissions for that: Manage Roles/);
	await mo.send(general, `;pic <@${ana.id}>`);
	await mo.expectMessage(general, /Added pic perms/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: String(pictures), deny: '0' });
	// A mute wins over them, and leaves them when it goes.
	await mo.send(general, `;imute <@${ana.id}>`);
	await mo.expectMessage(general, /can no longer send pictures/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: '0', deny: String(pictures) });
	await mo.send(general, `;iunmute <@${ana.id}>`);
	await mo.expectMessage(general, /is no longer kept/);
	expect(await ofMember(guild, general, ana)).toMatchObject({ allow: String(pictures), deny: '0' });
	expect((await mia.slash(general, 'lock media pictures', { member: ana.id })).text).toMatch(/Removed the pic perms/);
	expect(await ofMember(guild, general, ana)).toBeNull();
	expect((await mia.slash(general, 'lock media image', { member: ana.id })).text).toMatch(/can no longer send pictures/);
	expect((await mia.slash(general, 'lock media pictures', { member: ana.id })).text).toMatch(/is kept from sending pictures there/);
});

test('a message is pinned by answering it or by its link, and the pin is taken off again', async () => {
	const { guild, ana, mo, mia, general, art } = await withMods(shared.house);
	const words = await ana.send(general, 'remember this');
	const isPinned = async () => (await guild.owner.read(words)).raw['pinned'];
	await ana.reply(words, ';pin');
	await ana.expectMessage(general, /You need these permissions for that: Pin Messages/);
	await mo.reply(words, ';pin');
	await mo.expectMessage(general, /Pinned: https:\/\/discord.com\/channels\/\d+\/\d+\/\d+/);
	expect(await isPinned()).toBe(true);
	const link = `https://discord.com/channels/${guild.id}/${general.id}/${words.id}`;
	expect((await mo.slash(art, 'lock message pin', { message: link })).text).toMatch(/That message is pinned already/);
	expect((await mo.slash(art, 'lock message unpin', { message: link })).text).toMatch(/No longer pinned/);
	expect(await isPinned()).toBe(false);

	await mia.send(general, ';pin');
	await mia.expectMessage(general, /Answer the message that you mean/);
	await mia.send(general, `;unpin ${words.id}`);
	await mia.expectMessage(general, /That message is not pinned/);
	await mia.send(general, `;pin https://discord.com/channels/${shared.house.discord.home.id}/${general.id}/${words.id}`);
	await mia.expectMessage(general, /That message is not in this server/);
});

test('what somebody cannot see he cannot pin, and a channel that is full says so', async () => {
	const { guild, ana, mo, mia, general, art } = await withMods(shared.house);
	await setOverwrite(guild, art, guild.id, 0, 0n, bit.viewChannel);
	const secret = await guild.owner.send(art, 'a secret');
	const link = `https://discord.com/channels/${guild.id}/${art.id}/${secret.id}`;
	expect((await mo.slash(general, 'lock message pin', { message: link })).text).toMatch(/I cannot find that channel/);
	const gone = `https://discord.com/channels/${guild.id}/${general.id}/${secret.id}`;
	expect((await mo.slash(general, 'lock message pin', { message: gone })).text).toMatch(/I cannot find that message/);

	await setOverwrite(guild, art, guild.id, 0, 0n, bit.readHistory);
	expect((await mo.slash(general, 'lock message pin', { message: link })).text).toMatch(/I cannot find that message/);

	const words = await fill(guild, general, ana);
	await mia.reply(words, ';pin');
	await mia.expectMessage(general, /as many pins as Discord allows/);
});

test('the rights to pin count where the message is, and not where its link is typed: those of the caller and those of the bot', async () => {
	const { guild, ana, mo, mia, general, art } = await withMods(shared.house);
	const bot = shared.house.discord.description.applicationId;
	const words = await guild.owner.send(art, 'remember this');
	const link = `https://discord.com/channels/${guild.id}/${art.id}/${words.id}`;
	const isPinned = async () => (await guild.owner.read(words)).raw['pinned'];
	for (const { id } of [mo, mia]) await setOverwrite(guild, general, id, 1, 0n, bit.pinMessages);
	await setOverwrite(guild, general, bot, 1, bit.sendMessages, bit.pinMessages | bit.readHistory);

	await mo.send(general, `;pin ${link}`);
	await mo.expectMessage(general, /Pinned: /);
	expect(await isPinned()).toBe(true);
	expect((await mia.slash(general, 'lock message unpin', { message: link })).text).toMatch(/No longer pinned/);
	await ana.send(general, `;pin ${link}`);
	await ana.expectMessage(general, /You need these permissions in that channel: Pin Messages/);
	expect(await isPinned()).toBe(false);

	const here = await guild.owner.send(general, 'not this');
	const there = `https://discord.com/channels/${guild.id}/${general.id}/${here.id}`;
	expect((await mo.slash(art, 'lock message pin', { message: there })).text).toMatch(
		/You need these permissions in that channel: Pin Messages/
	);
	await mia.send(general, `;unpin ${there}`);
	await mia.expectMessage(general, /You need these permissions for that: Pin Messages/);
});

/** As many pins as fit, and one message more. */
async function fill(guild: GuildHandle, channel: ChannelHandle, author: UserDriver) {
	for (let count = 0; count < 250; count += 1) {
		const { id } = await author.send(channel, `number ${count}`);
		await guild.owner.api.put(`/channels/${channel.id}/messages/pins/${id}`);
	}
	return author.send(channel, 'one more');
}
