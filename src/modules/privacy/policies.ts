import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { GuardPolicies, GuardPolicy } from '#lib/commands/guards/policies.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { ConsentService } from './consent.js';

/**
 * Keeps whoever disagreed from what would store something about him. A call that may only take something away is asked about once its
 * arguments are read.
 */
export function registerConsent(
	policies: Pick<GuardPolicies, 'register'>,
	index: () => Pick<CommandIndex, 'byId'>,
	consent: Pick<ConsentService, 'hasDeclined'>
): void {
	// An entry of a menu stands for a command.
	const stores = (leaf: Leaf) => leaf.stores || (index().byId(leaf.command)?.stores ?? false);
	const peek: GuardPolicy = async ({ leaf, userId }) => {
		if (!stores(leaf)) return null;
		try {
			return (await consent.hasDeclined(userId)) ? { module: 'privacy', code: 'declined', values: { command: 'privacy' } } : null;
		} catch (error) {
			if (!isStorageAway(error)) throw error;
			return { module: 'privacy', code: 'consent-unknown' };
		}
	};
	policies.register('consented', (request) => (request.leaf.takesAway === null ? peek(request) : null), peek);
}
