import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** A server's own word for a command. `command` is a key as in {@link Target}. */
export interface Alias {
	readonly command: string;
	/** What is set beforehand, as it was typed. */
	readonly arguments: string;
}

/** Everything that a server has decided about commands. */
export interface CommandRules {
	/** Keys of commands and groups that are off. */
	readonly commands: ReadonlySet<string>;
	/** Modules that are off, each with the channels where; {@link everywhere} among them: in the whole server. */
	readonly modules: ReadonlyMap<string, ReadonlySet<string>>;
	/** Keys of commands and groups, each with the roles of which one is needed. */
	readonly restrictions: ReadonlyMap<string, readonly string[]>;
	readonly aliases: ReadonlyMap<string, Alias>;
}

export const everywhere = '0';
export const noRules: CommandRules = { commands: new Set(), modules: new Map(), restrictions: new Map(), aliases: new Map() };

/** Features M06: so many words of its own a server may have. */
export const mostAliases = 75;
export const longestAlias = 32;

/** One thing that is written. */
export type Edit =
	| {
			readonly kind: 'switch';
			readonly scope: 'command' | 'module';
			readonly name: string;
			readonly channelId: string;
			readonly off: boolean;
	  }
	| { readonly kind: 'restrict'; readonly command: string; readonly roleId: string; readonly on: boolean }
	| { readonly kind: 'alias'; readonly alias: string; readonly target: Alias | null };

export type RulesRefusal =
	| 'already-off'
	| 'already-off-by-group'
	| 'not-off'
	| 'off-by-group'
	| 'module-already-off'
	| 'module-not-off'
	| 'module-off-everywhere'
	| 'everyone'
	| 'already-restricted'
	| 'not-restricted'
	| 'alias-taken'
	| 'no-alias'
	| 'too-many-aliases';

export type Decision = Outcome<readonly Edit[], RulesRefusal>;

/** A command or a group, by the keys under which it is stored. */
export interface Target {
	readonly key: string;
	/** Keys of everything in the group, its own too. */
	readonly inside: readonly string[];
	/** Keys of the groups in which it is. */
	readonly around: readonly string[];
}

/**
 * Modules that cannot be switched off: without them nobody could find out what is wrong, or switch it on again. `access` belongs to the
 * people who run the bot.
 */
const protectedModules: ReadonlySet<string> = new Set([
	'access',
	'commandsettings',
	'diagnostics',
	'fakepermissions',
	'help',
	'house',
	'prefixes',
	'privacy'
]);
/** Commands that answer everybody, everywhere. */
const protectedCommands: ReadonlySet<string> = new Set([
	'diagnostics.diagnose',
	'diagnostics.ping',
	'diagnostics.uptime',
	'help.help',
	'privacy.forgetme',
	'privacy.mydata',
	'privacy.privacy'
]);

export function isProtectedModule(module: string): boolean {
	return protectedModules.has(module);
}

export function isProtectedCommand(id: string, module: string): boolean {
	return module === 'commandsettings' || protectedCommands.has(id);
}

/** How far a module is off in a place, given the channel and, of a thread, the channel around it. */
export function moduleState(rules: CommandRules, module: string, channelIds: readonly (string | null)[]): 'on' | 'off' | 'off-here' {
	const places = rules.modules.get(module);
	if (places === undefined) return 'on';
	if (places.has(everywhere)) return 'off';
	return channelIds.some((channelId) => channelId !== null && places.has(channelId)) ? 'off-here' : 'on';
}

/** The roles of which a member lacks all, when there are any; a group's restriction and a command's own must both be met. */
export function missingRoles(rules: CommandRules, keys: readonly string[], roleIds: readonly string[]): readonly string[] | null {
	if (rules.restrictions.size === 0) return null;
	const wanted = keys.map((key) => rules.restrictions.get(key)).filter((roles) => roles !== undefined);
	return wanted.find((roles) => !roles.some((roleId) => roleIds.includes(roleId))) ?? null;
}

export function disableCommand(rules: CommandRules, { key, around }: Target): Decision {
	if (rules.commands.has(key)) return refuse('already-off', { key });
	const group = around.find((outer) => rules.commands.has(outer));
	return group === undefined ? accept([switched('command', key, true)]) : refuse('already-off-by-group', { key: group });
}

/** On again, with everything in it. */
export function enableCommand(rules: CommandRules, { key, inside, around }: Target): Decision {
	const group = around.find((outer) => rules.commands.has(outer));
	if (group !== undefined) return refuse('off-by-group', { key: group });
	const off = inside.filter((one) => rules.commands.has(one));
	return off.length === 0 ? refuse('not-off', { key }) : accept(off.map((one) => switched('command', one, false)));
}

/** Off in one channel, or in the whole server (null), which takes the place of single channels. */
export function disableModules(rules: CommandRules, modules: readonly string[], channelId: string | null): Decision {
	const place = channelId ?? everywhere;
	const edits = modules.flatMap((module): Edit[] => {
		const places = rules.modules.get(module) ?? new Set();
		if (places.has(everywhere) || places.has(place)) return [];
		const replaced = channelId === null ? [...places].map((channel) => switched('module', module, false, channel)) : [];
		return [...replaced, switched('module', module, true, place)];
	});
	return edits.length === 0 ? refuse('module-already-off', { modules: modules.join(', ') }) : accept(edits);
}

/** On again in one channel, or wherever it is off (null). */
export function enableModules(rules: CommandRules, modules: readonly string[], channelId: string | null): Decision {
	const edits = modules.flatMap((module): Edit[] => {
		const places = [...(rules.modules.get(module) ?? [])].filter((place) => channelId === null || place === channelId);
		return places.map((place) => switched('module', module, false, place));
	});
	if (edits.length > 0) return accept(edits);
	const whole = modules.some((module) => rules.modules.get(module)?.has(everywhere) === true);
	return refuse(whole ? 'module-off-everywhere' : 'module-not-off', { modules: modules.join(', ') });
}

export function restrict(rules: CommandRules, guildId: string, key: string, roleId: string): Decision {
	if (roleId === guildId) return refuse('everyone');
	if (rules.restrictions.get(key)?.includes(roleId)) return refuse('already-restricted', { key, roles: roleId });
	return accept([{ kind: 'restrict', command: key, roleId, on: true }]);
}

export function unrestrict(rules: CommandRules, key: string, roleId: string): Decision {
	if (!rules.restrictions.get(key)?.includes(roleId)) return refuse('not-restricted', { key, roles: roleId });
	return accept([{ kind: 'restrict', command: key, roleId, on: false }]);
}

export function addAlias(rules: CommandRules, alias: string, target: Alias): Decision {
	if (rules.aliases.has(alias)) return refuse('alias-taken', { alias });
	if (rules.aliases.size >= mostAliases) return refuse('too-many-aliases', { most: mostAliases });
	return accept([{ kind: 'alias', alias, target }]);
}

export function removeAlias(rules: CommandRules, alias: string): Decision {
	return rules.aliases.has(alias) ? accept([{ kind: 'alias', alias, target: null }]) : refuse('no-alias', { alias });
}

/** The word as it is stored; null when it cannot be one: white space, control characters, too long, or empty. */
export function aliasWord(typed: string): string | null {
	const word = typed.normalize('NFC').toLowerCase();
	return word.length <= longestAlias && /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(word) && !word.includes('`') ? word : null;
}

/** Takes deleted roles out of restrictions. `open`: commands that are free for all now, since their last role is gone. */
export function forgetRoles(
	rules: CommandRules,
	isGone: (roleId: string) => boolean
): { readonly edits: readonly Edit[]; readonly open: readonly string[] } {
	const all = [...rules.restrictions];
	return {
		edits: all.flatMap(([command, roles]) =>
			roles.filter(isGone).map((roleId): Edit => ({ kind: 'restrict', command, roleId, on: false }))
		),
		open: all.filter(([, roles]) => roles.every(isGone)).map(([command]) => command)
	};
}

/** Takes deleted channels out of the places where modules are off. */
export function forgetChannels(rules: CommandRules, isGone: (channelId: string) => boolean): readonly Edit[] {
	return [...rules.modules].flatMap(([module, places]) =>
		[...places].filter((place) => place !== everywhere && isGone(place)).map((place) => switched('module', module, false, place))
	);
}

function switched(scope: 'command' | 'module', name: string, off: boolean, channelId: string = everywhere): Edit {
	return { kind: 'switch', scope, name, channelId, off };
}
