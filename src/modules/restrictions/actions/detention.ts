import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action, ModerationDiscord } from '#modules/moderation/index.js';
import { imposing, lifting, type Rows, textOf } from './shapes.js';

export interface DetentionNeeds {
	readonly discord: Pick<ModerationDiscord, 'setVoice'>;
	readonly rows: Rows;
	/** The naughty corner of a server; null when it has none. */
	readonly cornerOf: (guildId: string) => Promise<string | null>;
}

/** Keeps somebody in one voice channel whenever he is in voice. */
export function detentionActions({ discord, rows, cornerOf }: DetentionNeeds): readonly Action[] {
	return [
		imposing(
			{
				type: 'detain',
				undo: 'undetain',
				kind: 'detention',
				command: 'restrictions.naughtycorner-add',
				aim: 'member',
				botPermission: PermissionFlagsBits.MoveMembers,
				tells: 'after',
				asksVoice: true,
				keeps: 'detention',
				async check({ guildId, target }, _order, isThere) {
					if (isThere) return refuse('already-detain', { user: target?.username ?? '' });
					const corner = await cornerOf(guildId);
					return corner === null ? refuse('no-corner') : accept({ corner });
				},
				isDone: ({ target }, { details }) => !target?.voice || target.voice.channelId === textOf(details, 'corner'),
				async do({ guildId, target }, { details }, reason) {
					const corner = textOf(details, 'corner');
					if (target?.voice && corner !== null && target.voice.channelId !== corner)
						await discord.setVoice(guildId, target.id, { channelId: corner }, reason);
				}
			},
			rows
		),
		lifting({ type: 'undetain', kind: 'detention', command: 'restrictions.naughtycorner-remove', lifts: ['detain'] }, rows)
	];
}
