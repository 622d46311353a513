import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import type { House } from './house.js';
import { bit, give, overwritesOf, setOverwrite } from './overwrites.js';

type Type = 'text' | 'voice' | 'news' | 'stage' | 'forum';
const types: Readonly<Record<Type, number>> = { text: 0, voice: 2, news: 5, stage: 13, forum: 15 };
export const aChannel = (name: string, type: Type = 'text') => ({ name, type: types[type] });

/** Ada, Bob and Cy may do everything; Ana and Bea nothing. Channels of every kind, private ones and some with overwrites among them. */
export async function serverOfChannels({ discord }: House, more: readonly { name: string; type: number }[] = [], botPermissions = '8') {
	const channels = [aChannel('office'), aChannel('general'), aChannel('staff'), aChannel('voice', 'voice'), aChannel('stage', 'stage')];
	const guild = await discord.guild({
		members: ['ana', 'bea', 'ada', 'bob', 'cy'],
		channels: [...channels, aChannel('news', 'news'), aChannel('help', 'forum'), ...more],
		roles: [
			{ name: 'admins', permissions: '8' },
			{ name: 'helpers', permissions: '0' }
		],
		botPermissions
	});
	const [ana, bea, ...admins] = guild.members;
	const [ada, bob, cy] = admins;
	const [all, helpers] = guild.roles;
	if (!ana || !bea || !ada || !bob || !cy || !all || !helpers) throw new Error('The server is not complete');
	for (const admin of admins) await give(guild, admin, all);
	await setOverwrite(guild, guild.channel('staff'), guild.id, 0, 0n, bit.viewChannel);
	await setOverwrite(guild, guild.channel('staff'), helpers.id, 0, bit.viewChannel | bit.sendMessages, 0n);
	await setOverwrite(guild, guild.channel('news'), guild.id, 0, bit.addReactions, bit.sendMessages);
	await setOverwrite(guild, guild.channel('general'), ana.id, 1, bit.attachFiles, bit.embedLinks);
	return { guild, ana, bea, ada, bob, cy };
}

/** Every overwrite of every channel. */
export async function picture(guild: GuildHandle): Promise<string> {
	const all = await Promise.all(guild.channels.map(async (channel) => [channel.name, await overwritesOf(guild, channel)]));
	return JSON.stringify(all, null, 1);
}

/** Says yes, and waits for the end of the work; answers its last message. */
export async function saysYes(
	person: UserDriver,
	channel: { id: string },
	question: RegExp,
	end = /Finished|Stopped/,
	within = 45_000
): Promise<SeenMessage> {
	const asked = await person.expectMessage(channel, question);
	await person.click(asked, 'Yes');
	const progress = await person.expectMessage(channel, /of \d+|Finished|Stopped/);
	return person.expectEdit(progress, end, within);
}
