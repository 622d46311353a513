import { PermissionFlagsBits } from 'discord.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import type { Details } from '../domain/case.js';
import type { Situation, Target } from '../domain/situation.js';
import type { ModerationDiscord } from '../ports.js';

type Voices = Pick<ModerationDiscord, 'setVoice'>;
type InVoice = NonNullable<Target['voice']>;

const inVoice = {
	module: 'moderation',
	aim: 'member',
	asksVoice: true,
	tells: 'never',
	isLogged: true
} as const;

/** Refuses who is in no voice channel, and what is so already. */
function checkVoice({ target }: Situation, isSo: (voice: InVoice) => boolean, code: string): Outcome<Details> {
	if (target === null || target.voice === null) return refuse('not-in-voice', { user: target?.username ?? '' });
	return isSo(target.voice) ? refuse(code, { user: target.username }) : accept({});
}

interface Switch {
	readonly what: 'mute' | 'deaf';
	readonly on: { readonly type: string; readonly already: string };
	readonly off: { readonly type: string; readonly already: string };
	readonly botPermission: bigint;
	isOn(voice: InVoice): boolean;
}

/** Something that the server switches for somebody in voice, and its way back. */
function switched(discord: Voices, { what, on, off, botPermission, isOn }: Switch): readonly [Action, Action] {
	const set = async ({ guildId, target }: Situation, value: boolean, reason: string) => {
		if (target !== null) await discord.setVoice(guildId, target.id, { [what]: value }, reason);
	};
	return [
		{
			...inVoice,
			type: on.type,
			botPermission,
			isHarmful: true,
			closes: { types: [on.type], as: 'superseded' },
			undo: off.type,
			command: `moderation.${on.type}`,
			check: (situation) => checkVoice(situation, isOn, on.already),
			isDone: ({ target }) => target?.voice != null && isOn(target.voice),
			do: (situation, _order, reason) => set(situation, true, reason)
		},
		{
			...inVoice,
			type: off.type,
			botPermission,
			isHarmful: false,
			closes: { types: [on.type], as: 'undone' },
			undo: null,
			command: `moderation.${off.type}`,
			check: (situation) => checkVoice(situation, (voice) => !isOn(voice), off.already),
			isDone: ({ target }) => target?.voice != null && !isOn(target.voice),
			do: (situation, _order, reason) => set(situation, false, reason)
		}
	];
}

/** Puts somebody out of his voice channel; he may join again. */
function voicekickAction(discord: Voices): Action {
	return {
		...inVoice,
		type: 'voicekick',
		botPermission: PermissionFlagsBits.MoveMembers,
		isHarmful: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.voicekick',
		check: (situation) => checkVoice(situation, () => false, 'not-in-voice'),
		isDone: ({ target }) => target === null || target.voice === null,
		async do({ guildId, target }, _order, reason) {
			if (target !== null) await discord.setVoice(guildId, target.id, { channelId: null }, reason);
		}
	};
}

/** Takes somebody into another voice channel, `details.to`. */
function dragAction(discord: Voices): Action {
	return {
		...inVoice,
		type: 'drag',
		// One command moves many, and the log channel is no list of who sat where.
		isLogged: false,
		botPermission: PermissionFlagsBits.MoveMembers,
		isHarmful: false,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.drag',
		check: (situation, { details }) => checkVoice(situation, ({ channelId }) => channelId === details['to'], 'already-there'),
		isDone: ({ target }, { details }) => target?.voice?.channelId === details['to'],
		async do({ guildId, target }, { details }, reason) {
			const { to } = details;
			if (target !== null && typeof to === 'string') await discord.setVoice(guildId, target.id, { channelId: to }, reason);
		}
	};
}

/** Everything that is done to people in voice channels. */
export function voiceActions(discord: Voices): readonly Action[] {
	return [
		...switched(discord, {
			what: 'mute',
			on: { type: 'voicemute', already: 'already-voice-muted' },
			off: { type: 'voiceunmute', already: 'not-voice-muted' },
			botPermission: PermissionFlagsBits.MuteMembers,
			isOn: ({ muted }) => muted
		}),
		...switched(discord, {
			what: 'deaf',
			on: { type: 'voicedeafen', already: 'already-deafened' },
			off: { type: 'voiceundeafen', already: 'not-deafened' },
			botPermission: PermissionFlagsBits.DeafenMembers,
			isOn: ({ deafened }) => deafened
		}),
		voicekickAction(discord),
		dragAction(discord)
	];
}
