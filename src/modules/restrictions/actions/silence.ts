import { PermissionFlagsBits } from 'discord.js';
import type { Action } from '#modules/moderation/index.js';
import { imposing, lifting, type Rows } from './shapes.js';

/** Everything that somebody writes is deleted. */
export function shutupActions(rows: Rows): readonly Action[] {
	const command = 'restrictions.shutup';
	return [
		imposing(
			{
				type: 'shutup',
				undo: 'unshutup',
				kind: 'shutup',
				command,
				aim: 'member',
				botPermission: PermissionFlagsBits.ManageMessages,
				tells: 'after'
			},
			rows
		),
		lifting({ type: 'unshutup', kind: 'shutup', command, lifts: ['shutup'] }, rows)
	];
}

/** Everything that somebody writes is said again in baby talk. */
export function uwulockActions(rows: Rows): readonly Action[] {
	const command = 'restrictions.uwulock';
	return [
		imposing(
			{
				type: 'uwulock',
				undo: 'unuwulock',
				kind: 'uwulock',
				command,
				aim: 'member',
				botPermission: PermissionFlagsBits.ManageMessages | PermissionFlagsBits.ManageWebhooks,
				tells: 'after'
			},
			rows
		),
		lifting({ type: 'unuwulock', kind: 'uwulock', command, lifts: ['uwulock'] }, rows)
	];
}
