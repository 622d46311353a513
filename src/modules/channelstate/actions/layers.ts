import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Action, Order, Situation } from '#modules/moderation/index.js';
import type { Layer, Subject } from '../domain/layers.js';
import type { LayerKind } from '../domain/permissions.js';
import { overwriteOf } from '../domain/plan.js';
import { readLayers, storeLayers } from '../domain/remember.js';
import type { ChannelFacts } from '../domain/standing.js';
import type { ChannelAccess } from '../ports.js';
import type { LockRepository } from '../repository/locks.js';
import type { Layering, Lift } from '../service/layering.js';

export interface LayerActionParts {
	readonly layering: Layering;
	readonly locks: LockRepository;
	readonly access: ChannelAccess;
	/** Whether no lock may touch the channel. */
	readonly isIgnored: (guildId: string, channelId: string) => Promise<boolean>;
	readonly now: () => number;
}

interface Pair {
	readonly kind: LayerKind;
	/** Types of the actions, with the commands whose guards they pass. */
	readonly lay: { readonly type: string; readonly command: string };
	readonly lift: { readonly type: string; readonly command: string };
	/** `everybody`: the channel itself. */
	readonly about: 'everybody' | 'member';
	readonly gives?: boolean;
	/** It takes something from somebody. */
	readonly isHarmful: boolean;
}

/** What happens to a channel, or to a member in one, and its way back. */
export function layerActions(parts: LayerActionParts, pair: Pair): readonly [Action, Action] {
	return [layAction(parts, pair), liftAction(parts, pair)];
}

type PlaceRefusal = 'no-channel' | 'no-message' | 'not-there' | 'wrong-channel';

/** The channel of an order, when who gave it may do that there. */
export async function placeOf(
	{ layering, access }: Pick<LayerActionParts, 'layering' | 'access'>,
	{ guildId, channelId, actorId }: Order,
	command: string
): Promise<Outcome<ChannelFacts, PlaceRefusal>> {
	if (channelId === null) return refuse('no-channel');
	const allowed = actorId === null ? accept(null) : await access({ guildId, userId: actorId, channelId, command });
	if (!allowed.ok) return allowed;
	const channel = await layering.channel(guildId, channelId);
	return channel === null ? refuse('no-channel') : accept(channel);
}

/** Null: nobody knows any more whom it was about. */
function subjectOf({ about }: Pair, { guildId, targetId, details }: Order): Subject | null {
	if (about === 'everybody') return { id: guildId, isMember: false };
	if (targetId !== null) return { id: targetId, isMember: true };
	// Who asked to be forgotten is in no case; what lies on his overwrite is taken off all the same.
	return readLayers(details['layers']).at(0)?.subject ?? null;
}

/** A thread is locked in another way than a channel; the way back has to know which. */
function isOf({ kind }: Layer, wanted: LayerKind): boolean {
	return kind === wanted || (wanted === 'send' && kind === 'thread');
}

function layAction({ layering, locks, access, isIgnored, now }: LayerActionParts, pair: Pair): Action {
	const { kind, lay, lift, about, gives = false, isHarmful } = pair;
	return {
		type: lay.type,
		module: 'channelstate',
		aim: about === 'member' ? 'member' : 'channel',
		// Asked in the channel.
		botPermission: 0n,
		isHarmful,
		tells: isHarmful ? 'after' : 'never',
		isLogged: true,
		closes: { types: [lay.type], as: 'superseded', inChannel: true },
		undo: lift.type,
		command: lay.command,
		async check({ guildId, target }, order) {
			const place = await placeOf({ layering, access }, order, lay.command);
			if (!place.ok) return place;
			const channel = place.value;
			if (target?.isAdministrator) return refuse('administrator', { user: target.username });
			if (kind === 'send' && (await isIgnored(guildId, channel.id))) return refuse('ignored', { channel: channel.name });
			const subject = subjectOf(pair, order);
			if (subject === null) return refuse('nobody');
			const all = await layering.layersOn(guildId, channel.id);
			const said = { user: target?.username ?? '', channel: channel.name };
			const mine = all.filter((layer) => layer.subject.id === subject.id);
			if (mine.some((layer) => isOf(layer, kind))) return refuse(`already-${lay.type}`, said);
			if (gives && mine.some((layer) => !layer.gives)) return refuse('muted-there', said);
			const planned = await layering.plan(channel, all, { kind, subject, gives });
			if (!planned.ok) return planned.code === 'nothing-changes' ? refuse(`already-${lay.type}`, said) : planned;
			return accept({ layers: storeLayers(planned.value) });
		},
		isDone: ({ guildId }, { channelId, details }) =>
			channelId === null || layering.isLaid(guildId, channelId, readLayers(details['layers'])),
		// The bot was given its own overwrite, and everybody's is still as it was.
		async isBegun({ guildId }, { channelId, details }) {
			const [first, ...others] = readLayers(details['layers']);
			return channelId !== null && first !== undefined && others.length > 0 && layering.isLaid(guildId, channelId, [first]);
		},
		async do({ guildId }, { channelId, details }, reason) {
			if (channelId !== null) await layering.lay(guildId, channelId, readLayers(details['layers']), reason);
		},
		async record(tx, { guildId, channelId, actorId, details }) {
			if (channelId === null) return;
			await locks.add({ guildId, channelId, layers: readLayers(details['layers']), actorId, now: now() }, tx);
		}
	};
}

interface Found {
	readonly lift: Lift;
	/** How many layers it takes off. */
	readonly layers: number;
	/** Nothing was remembered. */
	readonly loose: boolean;
}

function liftAction({ layering, locks, access }: LayerActionParts, pair: Pair): Action {
	const { kind, lay, lift, about, gives = false } = pair;

	/** Null when there is nothing to take off. `loose`: where nothing is remembered, the bits themselves are cleared. */
	async function findLift(channel: ChannelFacts, order: Order, loose: boolean): Promise<Found | null> {
		const all = await layering.layersOn(order.guildId, channel.id, order.key);
		const subject = subjectOf(pair, order);
		if (subject === null) return null;
		const isMine = (layer: Layer) => isOf(layer, kind) && (about === 'everybody' || layer.subject.id === subject.id);
		const mine = all.filter(isMine);
		if (mine.length > 0) return { lift: layering.lift(channel, mine, all), layers: mine.length, loose: false };
		if (!loose || about === 'everybody' || overwriteOf(channel, subject) === null) return null;
		const found = layering.liftLoose(channel, subject, kind, gives, all);
		return found.steps.length === 0 ? null : { lift: found, layers: 1, loose: true };
	}

	async function stepsLeft({ guildId }: Situation, order: Order): Promise<(Found & { readonly channelId: string }) | null> {
		const channel = order.channelId === null ? null : await layering.channel(guildId, order.channelId);
		const found = channel && (await findLift(channel, order, order.details['loose'] === true));
		return channel === null || found === null ? null : { ...found, channelId: channel.id };
	}

	return {
		type: lift.type,
		module: 'channelstate',
		// Who left can still be freed of what lies on his overwrite.
		aim: about === 'member' ? 'user' : 'channel',
		botPermission: 0n,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [lay.type], as: 'undone', inChannel: true },
		undo: null,
		command: lift.command,
		async check({ target }, order) {
			const place = await placeOf({ layering, access }, order, lift.command);
			if (!place.ok) return place;
			const editable = await layering.mayEdit(place.value);
			if (!editable.ok) return editable;
			const found = await findLift(place.value, order, true);
			if (found === null) return refuse(`not-${lay.type}`, { user: target?.username ?? '', channel: place.value.name });
			// Taken back by a button, it came with the layers of the case: nothing is to be laid.
			return accept({ layers: [], loose: found.loose, byHand: found.lift.changedByHand !== 0n });
		},
		isDone: async (situation, order) => ((await stepsLeft(situation, order))?.lift.steps ?? []).length === 0,
		async isBegun(situation, order) {
			const left = await stepsLeft(situation, order);
			return left !== null && left.lift.steps.length > 0 && left.lift.steps.length < left.layers;
		},
		async do(situation, order, reason) {
			const left = await stepsLeft(situation, order);
			if (left !== null) await layering.carryOut(left.lift, left.channelId, reason);
		},
		async record(tx, order) {
			const { guildId, channelId } = order;
			const subject = subjectOf(pair, order);
			if (channelId === null || subject === null) return;
			// With a lock goes what the bot was given because of it.
			await locks.remove({ guildId, channelId, kind, ...(subject.isMember && { userId: subject.id }) }, tx);
			if (kind === 'send') await locks.remove({ guildId, channelId, kind: 'thread' }, tx);
		},
		remarks: ({ byHand }) => (byHand === true ? [{ code: 'by-hand' }] : [])
	};
}
