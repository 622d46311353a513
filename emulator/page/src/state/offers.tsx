import type { Client } from '../client/client.js';
import { Avatar } from '../common/Avatar.js';
import type { Item } from '../common/Combobox.js';
import { Icon } from '../common/Icon.js';
import { hexColour, sortedRoles } from './access.js';
import { channelIcon } from './channelIcon.js';
import { type Channel, ChannelKind, type User } from './model.js';

/** As many as Discord's own lists show. */
const SHOWN = 25;

const fits = (text: string, typed: string) => text.toLowerCase().includes(typed.replace(/^[@#]/, '').toLowerCase());

/** The people of the place that is open. */
export function people(client: Client): User[] {
	const { guild, channel } = client;
	if (guild !== null) return [...guild.members.values()].map((member) => member.user);
	return channel?.recipients ?? [];
}

export function offerPeople(client: Client, typed: string): Item[] {
	return people(client)
		.filter((user) => fits(`${client.nameOf(user)} ${user.username}`, typed))
		.slice(0, SHOWN)
		.map((user) => ({ value: user.id, label: client.nameOf(user), note: user.username, picture: <Avatar user={user} size={20} /> }));
}

export function offerRoles(client: Client, typed: string): Item[] {
	if (client.guild === null) return [];
	return sortedRoles(client.guild)
		.filter((role) => fits(role.name, typed))
		.slice(0, SHOWN)
		.map((role) => ({
			value: role.id,
			label: role.name,
			note: 'Role',
			picture: <span class="dot" style={{ background: role.color === 0 ? undefined : hexColour(role.color) }} />
		}));
}

/** @param types none: all kinds */
export function offerChannels(client: Client, typed: string, types: readonly number[] = []): Item[] {
	return [...(client.guild?.channels.values() ?? [])]
		.filter((channel) => isWanted(channel, types) && client.sees(channel) && fits(channel.name, typed))
		.slice(0, SHOWN)
		.map((channel) => ({ value: channel.id, label: channel.name, picture: <Icon name={channelIcon(channel)} size={16} /> }));
}

function isWanted(channel: Channel, types: readonly number[]): boolean {
	return types.length === 0 ? channel.type !== ChannelKind.Category : types.includes(channel.type);
}

export function offerMentionables(client: Client, typed: string): Item[] {
	return [...offerPeople(client, typed), ...offerRoles(client, typed)].slice(0, SHOWN);
}
