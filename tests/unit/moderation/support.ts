import type { Situation, Target } from '../../../src/modules/moderation/domain/situation.js';

export const role = (position: number) => ({ id: String(100 + position), position });

export function aTarget(change: Partial<Target> = {}): Target {
	return {
		...{ id: '3', username: 'tess', isBot: false, inServer: true, topRole: role(1), roleIds: ['101'], isAdministrator: false },
		...{ timedOutUntil: null, nickname: null, joinedAt: 0, boosts: false, voice: null },
		...change
	};
}

export function aSituation(change: Partial<Situation> = {}): Situation {
	return {
		...{ guildId: '1', guildName: 'Home', ownerId: '9', actor: { id: '2', username: 'mod', topRole: role(5), permissions: 0n } },
		bot: { id: '8', username: 'evict', topRole: role(7), permissions: 8n },
		...{ target: aTarget(), now: 0 },
		...change
	};
}
