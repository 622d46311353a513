import { PermissionFlagsBits } from 'discord.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { Action, Actions } from './action.js';
import { restoreAction } from './actions/restore.js';
import { stripAction, unstripAction } from './actions/strip.js';
import { roleReader, type WithBot } from './discord/roles.js';
import type { Situation } from './domain/situation.js';
import type { ModerationDiscord } from './ports.js';
import { jailRepository } from './repository/jail.js';
import { snapshotRepository } from './repository/snapshots.js';
import { lookAtRestore } from './service/restoring.js';
import { Snapshots } from './service/snapshots.js';
import type { ModerationSettings } from './settings.js';

export interface GivingBackNeeds {
	readonly settings: CachedSettings<ModerationSettings>;
	readonly discord: ModerationDiscord;
	readonly actions: Pick<Actions, 'vetoesOf'>;
	/** Whoever does not want anything stored about him. */
	readonly isDeclined: (userId: string) => boolean;
	readonly withBot: WithBot;
}

export interface GivingBack {
	readonly actions: readonly Action[];
	readonly snapshots: Snapshots;
	readonly look: (situation: Situation) => ReturnType<typeof lookAtRestore>;
}

/** Taking dangerous roles, and giving back what somebody had, for index.ts to put together. */
export function openGivingBack(
	{ client, clock, database, timers }: Pick<Infrastructure, 'client' | 'clock' | 'database' | 'timers'>,
	{ settings, discord, actions, isDeclined, withBot }: GivingBackNeeds
): GivingBack {
	const roles = roleReader(client, withBot);
	const jailed = jailRepository(database, timers);
	const rows = snapshotRepository(database);
	const parts = {
		...{ snapshots: rows, jailed, roles, actions },
		roleOf: async (guildId: string) => (await settings.get(guildId)).settings.jailRoleId,
		manageNicknames: PermissionFlagsBits.ManageNicknames
	};
	const look = (situation: Situation) => lookAtRestore(parts, situation);
	const strip = { discord, roles, jailed };
	return {
		actions: [stripAction(strip), unstripAction(strip), restoreAction({ discord, look })],
		snapshots: new Snapshots({ rows, isDeclined, clock }),
		look
	};
}
