import { GatewayIntentBits, Partials } from 'discord.js';

/**
 * What Discord sends us. Two are privileged and must be switched on in the developer portal: GuildMembers (joins, leaves,
 * roles) and MessageContent (prefix commands). Presences is not asked for: nothing needs it, and it is most of all traffic.
 * A module that needs another event adds its intent here.
 */
export const intents = [
	GatewayIntentBits.Guilds,
	GatewayIntentBits.GuildMembers,
	GatewayIntentBits.GuildModeration,
	GatewayIntentBits.GuildVoiceStates,
	GatewayIntentBits.GuildMessages,
	GatewayIntentBits.DirectMessages,
	GatewayIntentBits.MessageContent
] as const;

/** What may arrive about things that are not in memory: caches are small, so nearly everything. */
export const partials = [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User, Partials.GuildMember] as const;
