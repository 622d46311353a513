import type { Client } from 'discord.js';
import { OAuth2Scopes, type PermissionsString } from 'discord.js';
import type { Leaf } from '#lib/commands/leaf.js';
import type { ShardState } from './shardBoard.js';

/** The shards of this process. */
export function ownShards(client: Client<true>): readonly ShardState[] {
	return [...client.ws.shards.values()].map(({ id, ping }) => {
		const guilds = [...client.guilds.cache.values()].filter((guild) => guild.shardId === id);
		// Of a server that is unavailable Discord tells nothing but its id.
		const members = guilds.filter(({ available }) => available).reduce((sum, guild) => sum + guild.memberCount, 0);
		return { id, ping: Math.round(ping), guilds: guilds.length, members };
	});
}

export function shardCountOf(client: Client<true>): number {
	return client.options.shardCount ?? client.ws.shards.size;
}

/** What any answer needs. */
const ANSWERING: readonly PermissionsString[] = [
	'ViewChannel',
	'SendMessages',
	'SendMessagesInThreads',
	'EmbedLinks',
	'AttachFiles',
	'AddReactions',
	'UseExternalEmojis',
	'ReadMessageHistory'
];

/** The link that adds the bot, with the permissions that its commands name and no more. */
export function inviteLink(client: Client<true>, leaves: readonly Leaf[]): string {
	const permissions = [...new Set([...ANSWERING, ...leaves.flatMap((leaf) => leaf.permissions.bot)])];
	return client.generateInvite({ scopes: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands], permissions });
}
