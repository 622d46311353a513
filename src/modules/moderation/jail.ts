import type { Infrastructure } from '#lib/infrastructure.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import type { Action } from './action.js';
import { jailAction, unjailAction } from './actions/jail.js';
import { jailDiscord } from './discord/jail.js';
import { jailBuilder } from './discord/jailBuilder.js';
import { roleReader, type WithBot } from './discord/roles.js';
import type { ModerationDiscord, ModerationVoice, Speak } from './ports.js';
import type { CaseRepository } from './repository/cases.js';
import type { ConfigRepository } from './repository/config.js';
import { jailRepository, jailSlot } from './repository/jail.js';
import { jailSetupRepository } from './repository/jailSetup.js';
import type { Alone } from './service/alone.js';
import { Jail } from './service/jail.js';
import { jailJobs } from './service/jailJobs.js';
import { JailSetup } from './service/jailSetup.js';
import type { Moderation } from './service/moderation.js';
import type { ModerationSettings } from './settings.js';

export interface JailNeeds {
	readonly settings: CachedSettings<ModerationSettings>;
	readonly config: ConfigRepository;
	readonly cases: CaseRepository;
	readonly discord: ModerationDiscord;
	readonly voice: Pick<ModerationVoice, 'mention'>;
	readonly alone: Alone;
	readonly speak: Speak;
	readonly perform: Moderation['perform'];
	readonly withBot: WithBot;
}

/** What belongs to the jail, for index.ts to put together. */
export function openJail(
	{ client, clock, database, jobs, keyValue, logger, settings: hub, timers }: Infrastructure,
	{ settings, config, cases, discord, voice, alone, speak, perform, withBot }: JailNeeds
): { readonly actions: readonly Action[]; readonly jail: Jail; readonly jailSetup: JailSetup } {
	const entries = jailRepository(database, timers);
	const jailed = new PersonSet<number>({ readAll: () => entries.readAll(), read: (key) => entries.read(key) });
	hub.register(jailSlot, jailed);
	const parts = {
		discord,
		roles: roleReader(client, withBot),
		entries,
		roleOf: async (guildId: string) => (await settings.get(guildId)).settings.jailRoleId
	};
	const jail = new Jail({
		...{ jailed, entries, cases, settings, voice, alone, clock, roles: parts.roles },
		discord: { ...jailDiscord({ client, speak }), addRole: discord.addRole },
		log: logger,
		againReason: (guildId, number) => speak(guildId).t('moderation:jail.again', { number }),
		wake: () => timers.wake()
	});
	const jailSetup = new JailSetup({
		setups: jailSetupRepository(database, hub, timers),
		builder: jailBuilder(client),
		settings: async (guildId) => (await settings.get(guildId)).settings,
		...{ config, keyValue, clock },
		log: logger,
		reason: (guildId) => speak(guildId).t('moderation:jail.setup-reason')
	});
	for (const kind of jailJobs({ setup: jailSetup, perform, log: logger })) jobs.register(kind);
	return { actions: [jailAction(parts), unjailAction(parts)], jail, jailSetup };
}
