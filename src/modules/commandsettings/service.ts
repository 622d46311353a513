import type { CommandIndex, Resolved } from '#lib/commands/commandIndex.js';
import { noOwnWords, type OwnWords } from '#lib/commands/ownWords.js';
import type { Clock } from '#lib/core/clock.js';
import { accept } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import {
	type Alias,
	addAlias,
	type CommandRules,
	type Decision,
	disableCommand,
	disableModules,
	enableCommand,
	enableModules,
	forgetChannels,
	forgetRoles,
	moduleState,
	removeAlias,
	restrict,
	type Target,
	unrestrict
} from './domain.js';
import type { CommandRulesRepository } from './repository.js';
import { expandLine, ownWordsOf } from './targets.js';

export interface CommandSettingsParts {
	readonly repository: CommandRulesRepository;
	readonly guilds: CachedSettings<CommandRules>;
	readonly clock: Clock;
	/** Told when a command is free for all again because its last role was deleted. */
	readonly onOpened: (guildId: string, commands: readonly string[]) => Promise<void>;
}

/** Who changes something in which server. */
export interface Change {
	readonly guildId: string;
	readonly actorId: string;
}

/** The roles and channels that there are. */
export interface Present {
	readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
	readonly channels: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a server has decided about commands: which are off, which are kept for roles, and its own words for them. */
export class CommandSettingsService {
	readonly #parts: CommandSettingsParts;

	public constructor(parts: CommandSettingsParts) {
		this.#parts = parts;
	}

	/** At once when the server is warm. Rejects while storage is away and they are not known. */
	public rules(guildId: string): CommandRules | Promise<CommandRules> {
		const entry = this.#parts.guilds.get(guildId);
		return entry instanceof Promise ? entry.then(({ settings }) => settings) : entry.settings;
	}

	/** Whether the server has words of its own; true while that is not known. */
	public mayHaveAliases(guildId: string): boolean {
		const known = this.#parts.guilds.peek(guildId);
		return known === undefined || known.settings.aliases.size > 0;
	}

	/** The call of a line that begins with one of the server's own words. Null for any other line. */
	public async expand(index: CommandIndex, guildId: string, line: string): Promise<Resolved | null> {
		return this.mayHaveAliases(guildId) ? expandLine(index, (await this.rules(guildId)).aliases, line) : null;
	}

	/** What people may look up besides the commands; null: outside a server. Help answers also while storage is away, without them. */
	public ownWords(index: CommandIndex, guildId: string | null): OwnWords | Promise<OwnWords> {
		if (guildId === null) return noOwnWords;
		const rules = this.rules(guildId);
		if (!(rules instanceof Promise)) return ownWordsOf(index, rules.aliases);
		return rules
			.then(({ aliases }) => ownWordsOf(index, aliases))
			.catch((error: unknown) => {
				if (!isStorageAway(error)) throw error;
				return noOwnWords;
			});
	}

	/** Whether a module is on in a channel; `channelIds`: the channel and, for a thread, the one around it. */
	public async isModuleOn(guildId: string, module: string, channelIds: readonly (string | null)[]): Promise<boolean> {
		return moduleState(await this.rules(guildId), module, channelIds) === 'on';
	}

	public disableCommand(change: Change, target: Target): Promise<Decision> {
		return this.#change(change, (rules) => disableCommand(rules, target));
	}

	public enableCommand(change: Change, target: Target): Promise<Decision> {
		return this.#change(change, (rules) => enableCommand(rules, target));
	}

	/** `channelId` null: in the whole server. */
	public disableModules(change: Change, modules: readonly string[], channelId: string | null): Promise<Decision> {
		return this.#change(change, (rules) => disableModules(rules, modules, channelId));
	}

	/** `channelId` null: wherever they are off. */
	public enableModules(change: Change, modules: readonly string[], channelId: string | null): Promise<Decision> {
		return this.#change(change, (rules) => enableModules(rules, modules, channelId));
	}

	public restrict(change: Change, key: string, roleId: string): Promise<Decision> {
		return this.#change(change, (rules) => restrict(rules, change.guildId, key, roleId));
	}

	public unrestrict(change: Change, key: string, roleId: string): Promise<Decision> {
		return this.#change(change, (rules) => unrestrict(rules, key, roleId));
	}

	public addAlias(change: Change, alias: string, target: Alias): Promise<Decision> {
		return this.#change(change, (rules) => addAlias(rules, alias, target));
	}

	public removeAlias(change: Change, alias: string): Promise<Decision> {
		return this.#change(change, (rules) => removeAlias(rules, alias));
	}

	/** `actorId`: the bot. */
	public async onRoleDeleted(change: Change, roleId: string): Promise<void> {
		const { restrictions } = await this.rules(change.guildId);
		if ([...restrictions.values()].some((roles) => roles.includes(roleId))) await this.#forgetRoles(change, (id) => id === roleId);
	}

	/** Roles and channels that were deleted while the bot was away: one statement a table for all servers. */
	public async forgetMissing({ roles, channels }: Present, actorId: string): Promise<void> {
		const guildIds = [...roles.keys()].filter((guildId) => channels.has(guildId));
		for (const [guildId, rules] of await this.#parts.repository.readMany(guildIds)) {
			const isGoneRole = (roleId: string) => roles.get(guildId)?.has(roleId) !== true;
			const isGoneChannel = (channelId: string) => channels.get(guildId)?.has(channelId) !== true;
			if ([...rules.restrictions.values()].flat().some(isGoneRole)) await this.#forgetRoles({ guildId, actorId }, isGoneRole);
			await this.#forgetChannels({ guildId, actorId }, rules, isGoneChannel);
		}
	}

	public async onChannelDeleted(change: Change, channelId: string): Promise<void> {
		await this.#forgetChannels(change, await this.rules(change.guildId), (id) => id === channelId);
	}

	async #forgetChannels(change: Change, known: CommandRules, isGone: (channelId: string) => boolean): Promise<void> {
		if (forgetChannels(known, isGone).length > 0) await this.#change(change, (rules) => accept(forgetChannels(rules, isGone)));
	}

	async #forgetRoles(change: Change, isGone: (roleId: string) => boolean): Promise<void> {
		let open: readonly string[] = [];
		await this.#change(change, (rules) => {
			const forgotten = forgetRoles(rules, isGone);
			open = forgotten.open;
			return accept(forgotten.edits);
		});
		if (open.length > 0) await this.#parts.onOpened(change.guildId, open);
	}

	#change({ guildId, actorId }: Change, decide: (rules: CommandRules) => Decision): Promise<Decision> {
		return this.#parts.repository.change({ guildId, actorId, now: this.#parts.clock.now() }, decide);
	}
}
