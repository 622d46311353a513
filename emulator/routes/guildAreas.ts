import type { RouteTable } from '../rest/route.js';
import { auditLog } from './auditLog.js';
import { bans } from './bans.js';
import { guildChannels } from './guildChannels.js';
import { guildSettings } from './guildSettings.js';
import { invites } from './invites.js';
import { members } from './members.js';
import { overwrites } from './overwrites.js';
import { pins } from './pins.js';
import { roles } from './roles.js';
import { userGuilds } from './userGuilds.js';
import { webhooks } from './webhooks.js';

/** What lives in a guild: people, roles, channels and everything around them. */
export const guildAreas: ((routes: RouteTable) => void)[] = [
	guildSettings,
	members,
	bans,
	roles,
	guildChannels,
	overwrites,
	auditLog,
	invites,
	userGuilds,
	webhooks,
	pins
];
