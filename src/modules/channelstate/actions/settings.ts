import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { permissionsIn } from '#lib/core/standing.js';
import type { Action, Case, Details, Order } from '#modules/moderation/index.js';
import { typedDuration } from '../domain/duration.js';
import { channelTypes, isLockable, isThread, namesOf, permission } from '../domain/permissions.js';
import type { ChannelFacts } from '../domain/standing.js';
import type { ChannelAccess, ChannelDiscord } from '../ports.js';
import type { Layering } from '../service/layering.js';
import { placeOf } from './layers.js';

export interface SettingActionParts {
	readonly layering: Layering;
	readonly discord: ChannelDiscord;
	readonly access: ChannelAccess;
	readonly underWay: (guildId: string) => Promise<readonly Order[]>;
	/** The latest active case of that type about the channel. */
	readonly activeIn: (guildId: string, type: string, channelId: string) => Promise<Case | null>;
}

const common = { module: 'channelstate', aim: 'channel', botPermission: 0n, isHarmful: false, tells: 'never' } as const;

/** Discord: announcement channels have no slow mode. */
function hasSlowmode(type: number): boolean {
	return isThread(type) || (isLockable(type) && type !== channelTypes.news);
}

async function mayEdit(discord: ChannelDiscord, channel: ChannelFacts): Promise<Outcome<null, 'bot-cannot-edit'>> {
	const needed = isThread(channel.type) ? permission.ManageThreads : permission.ManageChannels | permission.ViewChannel;
	const missing = needed & ~permissionsIn(await discord.bot(channel.guildId), channel);
	return missing === 0n ? accept(null) : refuse('bot-cannot-edit', { permissions: namesOf(missing) });
}

/** `previous` is what it becomes again by itself; `before` how it was a moment ago. */
function secondsOf(details: Details, name: 'seconds' | 'previous' | 'before'): number {
	const value = details[name];
	return typeof value === 'number' ? value : 0;
}

/** How slow a channel is. With a duration it becomes as it was before; of several in a row, as it was before the first. */
export function slowmodeActions(parts: SettingActionParts): readonly [Action, Action] {
	const { layering, discord, access, underWay, activeIn } = parts;
	const command = 'channelstate.slowmode';
	const current = async (guildId: string, channelId: string | null) =>
		channelId === null ? null : ((await layering.channel(guildId, channelId))?.slowmode ?? null);

	/** What ends by itself: it remembers how the channel was. */
	async function timed(guildId: string, channelId: string): Promise<Details | null> {
		const begun = (await underWay(guildId)).filter(
			(order) => order.type === 'slowmode' && order.channelId === channelId && order.durationMs !== null
		);
		const last = await activeIn(guildId, 'slowmode', channelId);
		return begun.at(-1)?.details ?? (last?.expiresAt == null ? null : last.details);
	}

	const slowmode: Action = {
		...common,
		type: 'slowmode',
		isLogged: true,
		closes: { types: ['slowmode'], as: 'superseded' },
		undo: 'unslowmode',
		command,
		async check({ guildId }, order) {
			const place = await placeOf({ layering, access }, order, command);
			if (!place.ok) return place;
			const channel = place.value;
			if (!hasSlowmode(channel.type)) return refuse('no-slowmode', { channel: channel.name });
			const editable = await mayEdit(discord, channel);
			if (!editable.ok) return editable;
			const seconds = secondsOf(order.details, 'seconds');
			const before = await timed(guildId, channel.id);
			const isTimed = before !== null && secondsOf(before, 'seconds') === channel.slowmode;
			if (channel.slowmode === seconds && !isTimed)
				return seconds === 0 ? refuse('already-off', { channel: channel.name }) : refuse('same-slowmode', { channel: channel.name });
			return accept({ previous: isTimed ? secondsOf(before, 'previous') : channel.slowmode, before: channel.slowmode });
		},
		async isDone({ guildId }, { channelId, details }) {
			const now = await current(guildId, channelId);
			return now === null || now === secondsOf(details, 'seconds');
		},
		async do(_situation, { channelId, details }, reason) {
			if (channelId !== null) await discord.edit(channelId, { slowmode: secondsOf(details, 'seconds') }, reason);
		},
		values: (details) => ({
			slowmode: typedDuration(secondsOf(details, 'seconds')),
			// Cases of older versions do not say it.
			previous: typedDuration(secondsOf(details, 'before' in details ? 'before' : 'previous'))
		})
	};

	const unslowmode: Action = {
		...common,
		type: 'unslowmode',
		isLogged: true,
		closes: { types: ['slowmode'], as: 'undone' },
		undo: null,
		command,
		async check(_situation, order) {
			const place = await placeOf({ layering, access }, order, command);
			if (!place.ok) return place;
			const isOurs = place.value.slowmode === secondsOf(order.details, 'seconds');
			return isOurs ? accept({}) : refuse('slowmode-changed', { channel: place.value.name });
		},
		// What somebody set by hand meanwhile stays.
		isDone: async ({ guildId }, { channelId, details }) => (await current(guildId, channelId)) !== secondsOf(details, 'seconds'),
		async do(_situation, { channelId, details }, reason) {
			if (channelId !== null) await discord.edit(channelId, { slowmode: secondsOf(details, 'previous') }, reason);
		},
		values: (details) => ({ previous: typedDuration(secondsOf(details, 'previous')) })
	};
	return [slowmode, unslowmode];
}

/** Marks a channel as not for minors for a while. */
export function naughtyActions({ layering, discord, access }: SettingActionParts): readonly [Action, Action] {
	const command = 'channelstate.naughty';
	const current = async (guildId: string, channelId: string | null) =>
		channelId === null ? null : ((await layering.channel(guildId, channelId))?.nsfw ?? null);

	const naughty: Action = {
		...common,
		type: 'naughty',
		isLogged: false,
		closes: { types: ['naughty'], as: 'superseded' },
		undo: 'unnaughty',
		command,
		async check(_situation, order) {
			const place = await placeOf({ layering, access }, order, command);
			if (!place.ok) return place;
			if (!isLockable(place.value.type)) return refuse('wrong-channel');
			const editable = await mayEdit(discord, place.value);
			if (!editable.ok) return editable;
			return place.value.nsfw ? refuse('already-naughty', { channel: place.value.name }) : accept({ previous: place.value.nsfw });
		},
		isDone: async ({ guildId }, { channelId }) => (await current(guildId, channelId)) !== false,
		async do(_situation, { channelId }, reason) {
			if (channelId !== null) await discord.edit(channelId, { nsfw: true }, reason);
		}
	};

	const unnaughty: Action = {
		...common,
		type: 'unnaughty',
		isLogged: false,
		closes: { types: ['naughty'], as: 'undone' },
		undo: null,
		command,
		async check(_situation, order) {
			const place = await placeOf({ layering, access }, order, command);
			if (!place.ok) return place;
			return place.value.nsfw ? accept({}) : refuse('not-naughty', { channel: place.value.name });
		},
		async isDone({ guildId }, { channelId, details }) {
			const now = await current(guildId, channelId);
			return now === null || now === (details['previous'] === true);
		},
		async do(_situation, { channelId, details }, reason) {
			if (channelId !== null) await discord.edit(channelId, { nsfw: details['previous'] === true }, reason);
		}
	};
	return [naughty, unnaughty];
}
