import { ChannelType, Collection, type GuildBasedChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { findChannel } from '#lib/discord/findChannel.js';

const channels = [
	{ id: '100000000000000001', name: 'Lounge', type: ChannelType.GuildCategory },
	{ id: '100000000000000002', name: 'lounge', type: ChannelType.GuildText },
	{ id: '100000000000000003', name: 'General', type: ChannelType.GuildVoice },
	{ id: '100000000000000004', name: 'general', type: ChannelType.GuildText }
];
const guild = { channels: { cache: new Collection(channels.map((one) => [one.id, one])) } } as never;
const found = (typed: string, isWanted: (channel: GuildBasedChannel) => boolean) => findChannel(typed, guild, isWanted)?.id.at(-1);
const isText = ({ type }: GuildBasedChannel) => type === ChannelType.GuildText;

test.each([
	['lounge', isText, '2'],
	['#LOUNGE', isText, '2'],
	['Lounge', isText, '2'],
	['general', () => true, '4'],
	['General', () => true, '3'],
	['general', ({ type }: GuildBasedChannel) => type === ChannelType.GuildVoice, '3']
])('of two channels that are called so the wanted one is meant: %s', (typed, isWanted, id) => {
	expect(found(typed, isWanted)).toBe(id);
});

test('a mention and an id mean one channel whatever it is, and an unwanted one is found when there is no other', () => {
	expect([found('<#100000000000000001>', isText), found('100000000000000003', isText)]).toEqual(['1', '3']);
	expect(found('lounge', () => false)).toBe('1');
	expect(found('nowhere', isText)).toBeUndefined();
});
