/** A module of the catalogue and the slash roots that are kept for it. */
export interface AllottedModule {
	readonly number: string;
	readonly title: string;
	/** Commands of the catalogue. */
	readonly commands: number;
	readonly roots: readonly string[];
}

const module = (number: string, title: string, commands: number, ...roots: readonly string[]): AllottedModule => ({
	number,
	title,
	commands,
	roots
});

/**
 * Discord takes 100 roots; the catalogue has 959 commands. So every root is allotted from the start: a new module takes its own,
 * and a root that is not here fails a test.
 */
export const allotment: readonly AllottedModule[] = [
	module('M01', 'Prefixes', 4, 'prefix', 'selfprefix'),
	module('M02', 'Help', 2, 'help'),
	module('M03', 'Errors and diagnostics', 6, 'ping', 'uptime', 'shards', 'diagnose'),
	module('M04', 'Privacy', 10, 'privacy', 'mydata', 'forgetme'),
	module('M05', 'Fake permissions', 7, 'fakepermissions'),
	module('M06', 'Switching commands', 15, 'command'),
	module('M07', 'Moderation', 45, 'mod', 'ban', 'kick', 'mute', 'warn', 'case', 'moderate', 'report'),
	module('M08', 'Clean-up', 22, 'purge'),
	module('M09', 'Channel state', 17, 'lock', 'slowmode'),
	module('M10', 'Roles', 18, 'role'),
	module('M11', 'Member restrictions', 30, 'restrict'),
	module('M12', 'Server editing', 65, 'edit', 'webhook'),
	module('M13', 'Anti-nuke', 19, 'antinuke'),
	module('M14', 'Anti-raid', 24, 'antiraid'),
	module('M15', 'Auto-moderation', 55, 'automod', 'filter'),
	module('M16', 'Logs', 19, 'logs'),
	module('M17', 'Levels', 30, 'rank', 'level'),
	module('M18', 'Voice channels', 27, 'voice'),
	module('M19', 'Tickets', 28, 'ticket'),
	module('M20', 'Giveaways', 13, 'giveaway'),
	module('M21', 'Reminders', 13, 'remind', 'reminder', 'bump'),
	module('M22', 'Boards', 19, 'starboard', 'skullboard'),
	module('M23', 'Greetings', 28, 'greet'),
	module('M24', 'Joining', 16, 'autorole', 'join'),
	module('M25', 'Booster roles', 21, 'boosterrole'),
	module('M26', 'Reaction roles', 12, 'reactionrole', 'rolebutton'),
	module('M27', 'Responses', 31, 'tag', 'responder'),
	module('M28', 'Channel tools', 10, 'sticky', 'mediaonly'),
	module('M29', 'Confessions and counters', 20, 'confess', 'confessions', 'counter'),
	module('M30', 'AFK, seen, names', 6, 'afk', 'seen', 'names'),
	module('M31', 'Social', 29, 'marry', 'diary', 'roleplay'),
	module('M32', 'Fun', 57, 'fun', 'game', 'economy'),
	module('M33', 'Snipe', 5, 'snipe'),
	module('M34', 'Last.fm', 36, 'fm'),
	module('M35', 'Music', 53, 'play', 'music', 'queue'),
	module('M36', 'Emojis and stickers', 30, 'emoji', 'sticker'),
	module('M37', 'Information', 38, 'botinfo', 'invite', 'userinfo', 'serverinfo', 'avatar', 'info'),
	module('M38', 'Utility', 35, 'timezone', 'birthday', 'suggest', 'poll', 'utility'),
	module('M39', 'Embeds', 12, 'embed'),
	module('M40', 'Owner tools', 29),
	module('M41', 'Personalisation', 7, 'reskin')
];
