import type { RouteTable } from '../rest/route.js';
import { announcements } from './announcements.js';
import { applicationEmojis } from './applicationEmojis.js';
import { auditLog } from './auditLog.js';
import { autoModeration } from './autoModeration.js';
import { bans } from './bans.js';
import { emojis } from './emojis.js';
import { entrance } from './entrance.js';
import { guildChannels } from './guildChannels.js';
import { guildSettings } from './guildSettings.js';
import { integrations } from './integrations.js';
import { invites } from './invites.js';
import { members } from './members.js';
import { membership } from './membership.js';
import { oauth2 } from './oauth2.js';
import { overwrites } from './overwrites.js';
import { pins } from './pins.js';
import { polls } from './polls.js';
import { roles } from './roles.js';
import { scheduledEvents } from './scheduledEvents.js';
import { stageInstances } from './stageInstances.js';
import { stickers } from './stickers.js';
import { threadMembers } from './threadMembers.js';
import { threads } from './threads.js';
import { userGuilds } from './userGuilds.js';
import { voiceStates } from './voiceStates.js';
import { webhooks } from './webhooks.js';

/** What lives in a guild: people, roles, channels and everything around them. */
export const guildAreas: ((routes: RouteTable) => void)[] = [
	guildSettings,
	entrance,
	members,
	bans,
	roles,
	guildChannels,
	overwrites,
	auditLog,
	invites,
	userGuilds,
	webhooks,
	pins,
	threads,
	threadMembers,
	emojis,
	applicationEmojis,
	stickers,
	polls,
	scheduledEvents,
	autoModeration,
	voiceStates,
	stageInstances,
	membership,
	oauth2,
	integrations,
	announcements
];
