import type { Bits, Overwrite, Standing } from '#lib/core/standing.js';
import type { Layer } from '#modules/channelstate/domain/layers.js';
import { permission } from '#modules/channelstate/domain/permissions.js';
import type { ChannelFacts } from '#modules/channelstate/domain/standing.js';

export const guildId = '100';
export const botId = '7';
export const everybody = { id: guildId, isMember: false } as const;

/** Numbers that are the same in every run. */
export function dice(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	const pick = <T>(list: readonly T[]): T => {
		const found = list[below(list.length)];
		if (found === undefined) throw new Error('Nothing to pick from');
		return found;
	};
	/** In an order of chance. */
	const shuffle = <T>(list: readonly T[]) =>
		list
			.map((value) => ({ value, at: next() }))
			.sort((left, right) => left.at - right.at)
			.map(({ value }) => value);
	/** Every bit allowed, denied or neither. */
	const bits = (mask: bigint): Bits => {
		let [allow, deny] = [0n, 0n];
		for (let bit = 1n; bit <= mask; bit <<= 1n) {
			const chance = below(4);
			if ((mask & bit) === 0n) continue;
			if (chance === 0) allow |= bit;
			if (chance === 1) deny |= bit;
		}
		return { allow, deny };
	};
	return { below, pick, shuffle, bits, chance: (share: number) => next() < share };
}

/** Every bit that this module knows, and two that it does not. */
export const someBits = Object.values(permission).reduce((sum, bit) => sum | bit, (1n << 9n) | (1n << 13n)) & ~permission.Administrator;

export function aChannel(change: Partial<ChannelFacts> = {}): ChannelFacts {
	return { id: '200', guildId, type: 0, name: 'general', overwrites: [], slowmode: 0, nsfw: false, locked: false, ...change };
}

const usual =
	permission.ViewChannel |
	permission.SendMessages |
	permission.SendMessagesInThreads |
	permission.AddReactions |
	permission.AttachFiles |
	permission.EmbedLinks |
	permission.Connect |
	permission.ReadMessageHistory |
	permission.CreatePublicThreads;

export function aBot(change: Partial<Standing> = {}): Standing {
	const permissions = usual | permission.ManageRoles | permission.ManageChannels;
	return { guildId, userId: botId, isOwner: false, roleIds: ['70'], everyone: usual, permissions, ...change };
}

export function overwrite(id: string, bits: Partial<Bits>, isMember = false): Overwrite {
	return { id, isMember, allow: 0n, deny: 0n, ...bits };
}

export function aLayer(change: Partial<Layer> = {}): Layer {
	return {
		kind: 'send',
		subject: everybody,
		bits: permission.SendMessages,
		gives: false,
		before: { allow: 0n, deny: 0n },
		existed: true,
		...change
	};
}
