export { bannedUser } from './bans.js';
export { attachment, channel, emoji, member, messageLink, role, snowflake, user } from './discord.js';
export { type ArgsOf, optional, withDefault } from './option.js';
export { boolean, choice, colour, duration, integer, many, number, rest, text, timezone } from './values.js';
