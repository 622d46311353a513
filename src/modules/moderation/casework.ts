import { randomUUID } from 'node:crypto';
import type { Translate } from '#lib/i18n/languages.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { discordFiles, fileFetcher } from './discord/files.js';
import { isBot } from './discord/names.js';
import type { ModerationVoice, SituationReader } from './ports.js';
import { byHandRepository } from './repository/byHand.js';
import { caseEdits } from './repository/caseEdits.js';
import { caseFiles } from './repository/caseFiles.js';
import { caseLists } from './repository/caseLists.js';
import type { CaseRepository } from './repository/cases.js';
import type { ConfigRepository } from './repository/config.js';
import { evidenceRows } from './repository/evidence.js';
import type { WarningRepository } from './repository/warnings.js';
import { ByHand } from './service/byHand.js';
import { Cases } from './service/cases.js';
import { Escalation } from './service/escalation.js';
import { EvidenceStore } from './service/evidence.js';
import type { LogHealth } from './service/logHealth.js';
import type { Moderation } from './service/moderation.js';
import { ModerationSetup } from './service/setup.js';
import { Warnings } from './service/warnings.js';

export interface CaseworkParts {
	readonly infrastructure: Pick<
		Infrastructure,
		'blobs' | 'client' | 'clock' | 'config' | 'database' | 'http' | 'logger' | 'settings' | 'timers'
	>;
	readonly moderation: Moderation;
	readonly cases: CaseRepository;
	readonly warnings: WarningRepository;
	readonly situations: SituationReader;
	readonly voice: ModerationVoice;
	readonly config: ConfigRepository;
	readonly logHealth: LogHealth;
	readonly botId: () => string;
	/** The language of a server. */
	readonly speak: (guildId: string) => { readonly t: Translate };
}

export interface Casework {
	/** What is kept about what was done. */
	readonly cases: Cases;
	readonly warnings: Warnings;
	/** What warnings lead to. */
	readonly escalation: Escalation;
	/** What administrators choose. */
	readonly setup: ModerationSetup;
	/** What people do without a command of ours. */
	readonly byHand: ByHand;
}

/** What is kept of actions, and what follows from it. */
export function casework(parts: CaseworkParts): Casework {
	const { infrastructure, moderation, cases, warnings, situations, voice, config, logHealth, botId, speak } = parts;
	const { blobs, client, clock, database, http, logger, settings: hub, timers } = infrastructure;
	const settings = (guildId: string) => moderation.settings(guildId);
	const { actions } = moderation;
	const wake = () => timers.wake();
	const edits = caseEdits({ database, timers, isLogged: (type) => actions.get(type)?.isLogged ?? false });
	const evidence = new EvidenceStore({
		rows: evidenceRows(database, timers),
		blobs,
		fetch: fileFetcher(http.web),
		filesOfDiscord: [...discordFiles, infrastructure.config.discord.cdn.replace(/\/$/, '')],
		clock,
		newKey: () => randomUUID(),
		wake
	});
	const looking = { file: caseFiles(database), lists: caseLists(database) };
	return {
		cases: new Cases({ moderation, cases, ...looking, edits, evidence, situations, clock, wake }),
		warnings: new Warnings({ warnings, cases, edits, situations, actions, clock, wake }),
		escalation: new Escalation({
			moderation,
			cases,
			warnings,
			voice,
			reason: (guildId, count) => speak(guildId).t('moderation:warnings.reason', { count }),
			log: logger
		}),
		setup: new ModerationSetup({ config, settings, actions, voice, logHealth, clock }),
		byHand: new ByHand({
			actions,
			byHand: byHandRepository(database, timers, hub),
			settings,
			isBot: (userId) => isBot(client, userId),
			clock,
			wake,
			botId
		})
	};
}
