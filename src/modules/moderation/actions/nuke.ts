import { PermissionFlagsBits } from 'discord.js';
import type { Action } from '../action.js';
import type { Nuke } from '../service/nuke.js';

/** Makes a channel anew in its place, without anything that was written there. */
export function nukeAction(nuke: Nuke): Action {
	return {
		type: 'nuke',
		module: 'moderation',
		aim: 'channel',
		botPermission: PermissionFlagsBits.ManageChannels,
		isHarmful: false,
		takesReason: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.nuke',
		check: (_situation, order) => nuke.check(order),
		// Its last step bears being done again, and leaves no trace by which it could be known.
		isDone: () => false,
		isBegun: (_situation, order) => nuke.isBegun(order),
		do: (_situation, order, reason) => nuke.carryOut(order, reason),
		caseChannel: ({ clone }) => (typeof clone === 'string' ? clone : null),
		values: ({ name }) => ({ name: typeof name === 'string' ? name : '' }),
		remarks: ({ left, webhooksLost }) => [
			...(typeof left === 'string' ? [{ code: 'left', channelId: left }] : []),
			...(typeof webhooksLost === 'number' && webhooksLost > 0 ? [{ code: 'webhooks-lost', count: webhooksLost }] : [])
		]
	};
}
