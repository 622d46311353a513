import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import type { Actions } from '../action.js';
import type { LostSetting, ModerationVoice } from '../ports.js';
import type { ConfigChange, ConfigRepository } from '../repository/config.js';
import type { ModerationSettings } from '../settings.js';
import type { LogHealth } from './logHealth.js';
import { changesNothing, type SettingKey, type SettingRefusal, settingChange } from './settingChange.js';

export interface SetupParts {
	readonly config: Pick<ConfigRepository, 'change' | 'readMany'>;
	readonly settings: (guildId: string) => Promise<ModerationSettings>;
	readonly actions: Actions;
	readonly voice: Pick<ModerationVoice, 'line'>;
	readonly logHealth: Pick<LogHealth, 'worked'>;
	readonly clock: Clock;
}

interface By {
	readonly guildId: string;
	readonly actorId: string;
}

/** The roles and channels that there are. */
export interface Present {
	readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
	readonly channels: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Lost {
	readonly setting: LostSetting;
	readonly id: string;
}

type IsGone = (kind: 'role' | 'channel', id: string) => boolean;

/** So many roles may be left alone. */
const mostProtected = 50;

/** How moderation works in a server: what its administrators choose. */
export class ModerationSetup {
	readonly #parts: SetupParts;

	public constructor(parts: SetupParts) {
		this.#parts = parts;
	}

	/** Where cases are shown from now on; null: nowhere. Whether the bot may write there was asked before. */
	public async setLogChannel(by: By, channelId: string | null): Promise<Outcome<ConfigChange, 'modlog-same' | 'modlog-none'>> {
		const changed = await this.#change(by, ({ logChannelId }) => {
			if (logChannelId === channelId) return refuse(channelId === null ? 'modlog-none' : 'modlog-same');
			return accept({ logChannelId: channelId });
		});
		if (changed.ok) await this.#parts.logHealth.worked(by.guildId);
		return changed;
	}

	/** Types of actions whose target can be told. */
	public toldTypes(): readonly string[] {
		return this.#parts.actions
			.all()
			.filter(({ tells }) => tells !== 'never')
			.map(({ type }) => type)
			.sort();
	}

	/** Sets what somebody typed. */
	public async set(by: By, key: SettingKey, typed: string): Promise<Outcome<ConfigChange, SettingRefusal | 'setting-same'>> {
		const change = settingChange(key, typed, this.toldTypes());
		if (!change.ok) return change;
		return this.#change(by, (stored) => {
			const wanted = change.value(stored);
			return changesNothing(stored, wanted) ? refuse('setting-same') : accept(wanted);
		});
	}

	/** Holders of this role are left alone from now on. */
	public protectRole(by: By, roleId: string): Promise<Outcome<ConfigChange, 'role-everyone' | 'role-protected' | 'too-many-protected'>> {
		return this.#change(by, ({ protectedRoleIds }) => {
			// Everybody has it.
			if (roleId === by.guildId) return refuse('role-everyone');
			if (protectedRoleIds.includes(roleId)) return refuse('role-protected');
			if (protectedRoleIds.length >= mostProtected) return refuse('too-many-protected', { max: mostProtected });
			return accept({ protectedRoleIds: [...protectedRoleIds, roleId] });
		});
	}

	public unprotectRole(by: By, roleId: string): Promise<Outcome<ConfigChange, 'role-not-protected'>> {
		return this.#change(by, ({ protectedRoleIds }) => {
			if (!protectedRoleIds.includes(roleId)) return refuse('role-not-protected');
			return accept({ protectedRoleIds: protectedRoleIds.filter((id) => id !== roleId) });
		});
	}

	public onRoleDeleted(by: By, roleId: string): Promise<void> {
		return this.#forget(by, (kind, id) => kind === 'role' && id === roleId);
	}

	public onChannelDeleted(by: By, channelId: string): Promise<void> {
		return this.#forget(by, (kind, id) => kind === 'channel' && id === channelId);
	}

	/** What was deleted while the bot was away: one statement looks for it in all servers. */
	public async forgetMissing({ roles, channels }: Present, botId: string): Promise<void> {
		const guildIds = [...roles.keys()].filter((guildId) => channels.has(guildId));
		const stored = await this.#parts.config.readMany(guildIds);
		for (const guildId of stored.keys()) {
			const there = { role: roles.get(guildId), channel: channels.get(guildId) };
			await this.#forget({ guildId, actorId: botId }, (kind, id) => there[kind]?.has(id) === false);
		}
	}

	async #forget(by: By, isGone: IsGone): Promise<void> {
		if (lostOf(await this.#parts.settings(by.guildId), isGone).length === 0) return;
		let lost: readonly Lost[] = [];
		const changed = await this.#change(by, (stored) => {
			lost = lostOf(stored, isGone);
			return accept(without(stored, lost));
		});
		const logChannelId = changed.ok ? changed.value.after.logChannelId : null;
		if (logChannelId === null) return;
		for (const { setting, id } of lost) {
			try {
				await this.#parts.voice.line(by.guildId, logChannelId, { kind: 'setting-lost', setting, id }, `lost ${setting} ${id}`);
			} catch (error) {
				// A note to staff never keeps anything from being done.
				if (discordSentence(error) === null) throw error;
			}
		}
	}

	#change<Code extends string>(
		by: By,
		decide: (stored: ModerationSettings) => Outcome<Partial<ModerationSettings>, Code>
	): Promise<Outcome<ConfigChange, Code>> {
		return this.#parts.config.change({ ...by, now: this.#parts.clock.now() }, decide);
	}
}

/** What of the settings is gone. */
function lostOf(settings: ModerationSettings, isGone: IsGone): readonly Lost[] {
	const { logChannelId, jailRoleId, jailChannelId, jailCategoryId, protectedRoleIds } = settings;
	const named = [
		['log-channel', 'channel', logChannelId],
		['jail-role', 'role', jailRoleId],
		['jail-channel', 'channel', jailChannelId],
		['jail-category', 'channel', jailCategoryId],
		...protectedRoleIds.map((id) => ['protected-role', 'role', id] as const)
	] as const;
	return named.flatMap(([setting, kind, id]) => (id !== null && isGone(kind, id) ? [{ setting, id }] : []));
}

function without(settings: ModerationSettings, lost: readonly Lost[]): Partial<ModerationSettings> {
	const is = (setting: LostSetting) => lost.some((one) => one.setting === setting);
	const gone = new Set(lost.filter(({ setting }) => setting === 'protected-role').map(({ id }) => id));
	return {
		...(is('log-channel') && { logChannelId: null }),
		...(is('jail-role') && { jailRoleId: null }),
		...(is('jail-channel') && { jailChannelId: null }),
		...(is('jail-category') && { jailCategoryId: null }),
		...(gone.size > 0 && { protectedRoleIds: settings.protectedRoleIds.filter((id) => !gone.has(id)) })
	};
}
