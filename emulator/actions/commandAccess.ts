import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Application, ApplicationCommand } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import type { CommandPermission, Guild } from '../state/guild.js';
import type { Account } from '../state/types.js';

const ADMINISTRATOR = 8n;

/**
 * Whether this person may use a command here: contexts, installation, default permissions, and what the server's owner set.
 * https://discord.com/developers/docs/interactions/application-commands#permissions
 */
export function mayUseCommand(
	discord: Discord,
	application: Application,
	command: ApplicationCommand,
	account: Account,
	guild: Guild | null,
	channel: Channel
): boolean {
	if (!inContext(application, command, account, guild, channel)) return false;
	if (guild === null) return true;
	if (command['nsfw'] === true && !isAgeRestricted(discord, channel)) return false;
	const member = guild.members.get(account.user.id);
	if (member === undefined) return false;
	const permissions = permissionsOf(discord.world, guild, account.user.id, channel);
	if ((permissions & ADMINISTRATOR) !== 0n || guild.ownerId === account.user.id) return true;
	const overrides = guild.commandPermissions.get(command.id) ?? guild.commandPermissions.get(application.id);
	if (overrides !== undefined) {
		const byOverride = decide(overrides, guild, account.user.id, member.roles, channel);
		if (byOverride !== null) return byOverride;
	}
	const needed = command.default_member_permissions;
	if (needed === null) return true;
	// "0" means nobody but administrators.
	if (needed === '0') return false;
	return (permissions & BigInt(needed)) === BigInt(needed);
}

/** https://discord.com/developers/docs/interactions/application-commands#agerestricted-commands */
function isAgeRestricted({ world }: Discord, channel: Channel): boolean {
	return (channel.isThread ? world.channels.get(channel.parentId ?? '') : channel)?.nsfw === true;
}

function inContext(
	application: Application,
	command: ApplicationCommand,
	account: Account,
	guild: Guild | null,
	channel: Channel
): boolean {
	const context = guild !== null ? 0 : channel.recipients.includes(application.bot.user.id) ? 1 : 2;
	const contexts = command['contexts'];
	if (Array.isArray(contexts) && !contexts.includes(context)) return false;
	if (guild === null && !Array.isArray(contexts) && command['dm_permission'] === false) return false;
	const types = Array.isArray(command['integration_types']) ? command['integration_types'] : [0];
	const guildInstalled = guild?.members.has(application.bot.user.id) ?? context === 1;
	return (guildInstalled && types.includes(0)) || (types.includes(1) && application.userInstalls.has(account.user.id));
}

/** The channel must allow it; then the user's own entry counts, then any of his roles, then @everyone. Null: nothing is set. */
function decide(overrides: CommandPermission[], guild: Guild, userId: string, roles: string[], channel: Channel): boolean | null {
	const allChannels = (BigInt(guild.id) - 1n).toString();
	const channelRule = overrides.find((rule) => rule.type === 3 && rule.id === channel.id);
	const everywhere = overrides.find((rule) => rule.type === 3 && rule.id === allChannels);
	if ((channelRule ?? everywhere)?.permission === false) return false;
	const own = overrides.find((rule) => rule.type === 2 && rule.id === userId);
	if (own !== undefined) return own.permission;
	const ofRoles = overrides.filter((rule) => rule.type === 1 && roles.includes(rule.id));
	if (ofRoles.length > 0) return ofRoles.some((rule) => rule.permission);
	return overrides.find((rule) => rule.type === 1 && rule.id === guild.id)?.permission ?? null;
}
