import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import { firstRefusal, type GuardKit, type GuardName } from '#lib/commands/guards/guards.js';
import type { GuardRefusal } from '#lib/commands/guards/policies.js';
import type { Leaf } from '#lib/commands/leaf.js';

/** `off`: switched off here. `locked`: not for this person. `reason`: what the guard said. */
export interface Access {
	readonly state: 'open' | 'locked' | 'off';
	readonly reason: GuardRefusal | null;
}

/** Who asks and where: everything of a call but the command. */
export type Asker = Omit<GuardRequest, 'leaf'>;

// What the bot lacks, and cooldowns, pass: they say nothing about whether a command is for this person.
const switches: readonly GuardName[] = ['moduleEnabled', 'commandEnabled'];
const locks: readonly GuardName[] = ['notRestricted', 'staffOnly', 'memberPermissions'];

/** Whether a person could use a command here, by the very guards that would decide. */
export async function accessOf(leaf: Leaf, asker: Asker, kit: GuardKit): Promise<Access> {
	const request = { ...asker, leaf };
	const off = await firstRefusal(switches, request, kit);
	if (off !== null) return { state: 'off', reason: off };
	const locked = await firstRefusal(locks, request, kit);
	return locked === null ? { state: 'open', reason: null } : { state: 'locked', reason: locked };
}

/** Somebody in a direct message. */
export function askerOutsideGuild(userId: string, channelId: string): Asker {
	const nowhere = { guildId: null, guildOwnerId: null, parentChannelId: null } as const;
	const nothing = { ...nowhere, roleIds: [], memberPermissions: 0n, botPermissions: -1n } as const;
	return { flow: 'prefix', userId, channelId, ...nothing };
}
