type Feature = 'seen' | 'names';

/** Who does not want to be recorded. */
export interface OptOuts {
	/** From memory; while it is not known the answer is yes. */
	isOptedOut(userId: string, feature: Feature): boolean;
	/** For sure: asks storage when it is not known. */
	hasOptedOut(userId: string, feature: Feature): Promise<boolean>;
}

/** Those of the persons who have opted out, for sure. Asks nobody when none has. */
export async function optedOutOf(optOuts: OptOuts, feature: Feature, userIds: readonly string[]): Promise<readonly string[]> {
	const found: string[] = [];
	for (const userId of new Set(userIds)) {
		if (optOuts.isOptedOut(userId, feature) && (await optOuts.hasOptedOut(userId, feature))) found.push(userId);
	}
	return found;
}
