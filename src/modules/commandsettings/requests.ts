import { ChannelType, type Guild, type GuildBasedChannel, type Role } from 'discord.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { OwnWords } from '#lib/commands/ownWords.js';
import { closest } from '#lib/commands/suggest.js';
import { findChannel } from '#lib/discord/findChannel.js';
import { type Refusal, refusal } from '#lib/errors/refusal.js';
import type { Category } from '#modules/help/index.js';
import { isProtectedModule } from './domain.js';
import { type Found, findTarget, isProtected, splitTarget } from './targets.js';

/** Everything that a name typed in a server may mean. */
export interface Names {
	readonly index: CommandIndex;
	readonly ownWords: OwnWords;
}

/** The command or group that somebody named. Throws when there is none, or when it must work everywhere. */
export function requireTarget(names: Names, typed: string): Found {
	const found = findTarget(names.index, typed);
	if (found === null) throw unknownCommand(names, typed);
	if (found.leaves.some(isProtected)) throw refusal('commandsettings', 'protected', { command: found.path });
	return found;
}

/** A command of several words and a role, from two options whose border a typed line does not show. `roleOf` finds the role that a text means. */
export async function requireTargetAndRole(
	names: Names,
	command: string,
	role: Role | string,
	roleOf: (text: string) => Promise<Role | null>
): Promise<{ readonly target: Found; readonly role: Role }> {
	if (typeof role !== 'string') return { target: requireTarget(names, command), role };
	const split = splitTarget(names.index, `${command} ${role}`);
	if (split === null) throw unknownCommand(names, command);
	const target = requireTarget(names, split.found.path);
	const named = await roleOf(split.rest);
	if (named === null) throw refusal('commandsettings', 'role-not-found', { given: split.rest || role });
	return { target, role: named };
}

/** An own word is no command: what is set for one would be taken for something about the word. */
export function unknownCommand({ index, ownWords }: Names, given: string): Refusal {
	const own = ownWords.callOf(given);
	if (own !== null) return refusal('commandsettings', 'is-own-word', { alias: own.word, call: own.call });
	const [guess] = index.suggest(given, 1);
	return guess === undefined
		? refusal('commandsettings', 'unknown-command', { given })
		: refusal('commandsettings', 'unknown-command-guess', { given, guess });
}

/** The modules of a list by their names for people or their own, split by spaces or commas. Throws at the first unknown one. */
export function requireModules(
	typed: string,
	categories: readonly Category[],
	{ protectedToo }: { protectedToo: boolean }
): readonly string[] {
	const find = (text: string) =>
		categories.find(({ module, name }) => module === text.toLowerCase() || name.toLowerCase() === text.toLowerCase())?.module;
	const whole = find(typed.trim());
	const modules =
		whole === undefined
			? typed
					.split(/[\s,]+/)
					.filter((word) => word !== '')
					.map((word) => find(word) ?? unknownModule(word, categories))
			: [whole];
	const kept = protectedToo ? undefined : modules.find(isProtectedModule);
	if (kept !== undefined) throw refusal('commandsettings', 'protected-module', { module: kept });
	return [...new Set(modules)];
}

function unknownModule(given: string, categories: readonly Category[]): never {
	const names = categories.map(({ module }) => module);
	const [guess] = closest(given, names, 1);
	throw guess === undefined
		? refusal('commandsettings', 'unknown-module', { given, modules: names.join(', ') })
		: refusal('commandsettings', 'unknown-module-guess', { given, guess });
}

/** Nobody writes in a category, so nothing would be off in it. */
const isUsable = ({ type }: GuildBasedChannel) => type !== ChannelType.GuildCategory;

/** By prefix the channel is the last word of the line: `afk reminders #general`, its id, or its name alone when no module is called so. */
export function splitChannel(
	line: string,
	guild: Pick<Guild, 'channels'>,
	categories: readonly Category[]
): { readonly text: string; readonly channel: GuildBasedChannel | null } {
	const [, text, word] = /^(.*\S)\s+(\S+)$/s.exec(line.trim()) ?? [];
	if (text === undefined || word === undefined) return { text: line, channel: null };
	const channel = findChannel(word, guild, isUsable);
	const name = word.toLowerCase();
	const isModule = categories.some((one) => one.module === name || one.name.toLowerCase().split(' ').includes(name));
	const isMeant = /^(?:#|<#|\d{17,20}$)/.test(word);
	if (!isMeant && (channel === undefined || isModule)) return { text: line, channel: null };
	if (channel === undefined) throw refusal('commandsettings', 'channel-not-found', { given: word });
	if (!isUsable(channel)) throw refusal('commandsettings', 'is-category', { channel: channel.name });
	return { text, channel };
}
