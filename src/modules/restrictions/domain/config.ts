import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { RestrictionConfig } from './restriction.js';

type Changed<Code extends string> = Outcome<Partial<RestrictionConfig>, Code>;

export function switchPrivate({ isPrivate }: RestrictionConfig, wanted: boolean): Changed<'already-private' | 'not-private'> {
	if (isPrivate === wanted) return refuse(wanted ? 'already-private' : 'not-private');
	return accept({ isPrivate: wanted });
}

/** Null: nothing is said any more. */
export function setPrivateMessage(config: RestrictionConfig, text: string | null): Changed<'same-message' | 'no-message'> {
	if (config.privateMessage === text) return refuse(text === null ? 'no-message' : 'same-message');
	return accept({ privateMessage: text });
}

export function setCorner(config: RestrictionConfig, channelId: string): Changed<'same-corner'> {
	return config.detentionChannelId === channelId ? refuse('same-corner') : accept({ detentionChannelId: channelId });
}

/** `onlyIf`: when it is (still) this channel. */
export function clearCorner(config: RestrictionConfig, onlyIf: string | null = null): Changed<'no-corner'> {
	const { detentionChannelId } = config;
	if (detentionChannelId === null || (onlyIf !== null && onlyIf !== detentionChannelId)) return refuse('no-corner');
	return accept({ detentionChannelId: null });
}
