import type { Infrastructure } from '#lib/infrastructure.js';
import type { Action } from './action.js';
import { nukeAction } from './actions/nuke.js';
import { nukeDiscord } from './discord/nuke.js';
import type { Speak } from './ports.js';
import type { CaseRepository } from './repository/cases.js';
import { nukeRepository } from './repository/nuke.js';
import { Nuke } from './service/nuke.js';

export interface NukeNeeds {
	readonly cases: Pick<CaseRepository, 'note'>;
	readonly speak: Speak;
	readonly botId: () => string;
}

/** What belongs to channels that are made anew, for index.ts to put together. */
export function openNuke(
	{ channelReferences, client, clock, database, logger, settings: hub }: Infrastructure,
	{ cases, speak, botId }: NukeNeeds
): { readonly nuke: Nuke; readonly action: Action } {
	const { uses, follow } = nukeRepository(database, hub, channelReferences, clock);
	const nuke = new Nuke({
		discord: nukeDiscord({ client, speak, now: () => clock.now() }),
		...{ uses, follow, botId, log: logger },
		note: (order) => cases.note(order)
	});
	return { nuke, action: nukeAction(nuke) };
}
