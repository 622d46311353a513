import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { type Bits, permissionsIn, type Standing } from '#lib/core/standing.js';
import type { Order } from '#modules/moderation/index.js';
import { type Layer, type Restored, type Subject, sameBits, withLayer, withoutBits, withoutLayer } from '../domain/layers.js';
import { bitsOf, isThread, type LayerKind, namesOf, permission } from '../domain/permissions.js';
import { layersOf, overwriteOf, type PlanRefusal, planLayers } from '../domain/plan.js';
import { readLayers } from '../domain/remember.js';
import type { ChannelFacts } from '../domain/standing.js';
import type { ChannelDiscord } from '../ports.js';
import type { LockRepository } from '../repository/locks.js';

export interface LayeringParts {
	readonly discord: ChannelDiscord;
	readonly locks: Pick<LockRepository, 'on'>;
	/** Orders of a server that have no case yet: they may be done already. */
	readonly underWay: (guildId: string) => Promise<readonly Order[]>;
}

/** One overwrite that is still to be put back. */
interface Step {
	readonly subject: Subject;
	/** `thread`: the thread itself is opened. */
	readonly target: Bits | null | 'thread';
}

export interface Lift {
	readonly steps: readonly Step[];
	/** What somebody changed by hand meanwhile and is left so. */
	readonly changedByHand: bigint;
}

/** Lays locks and mutes on channels and takes them off again. Reads Discord anew each time: what is done twice is there once. */
export class Layering {
	readonly #parts: LayeringParts;

	public constructor(parts: LayeringParts) {
		this.#parts = parts;
	}

	public channel(guildId: string, channelId: string): Promise<ChannelFacts | null> {
		return this.#parts.discord.channel(guildId, channelId);
	}

	/** Everything of ours that lies on a channel, the latest last, with what an order under way is about to lay or has laid. */
	public async layersOn(guildId: string, channelId: string, butOrder: string | null = null): Promise<readonly Layer[]> {
		const [locks, orders] = await Promise.all([this.#parts.locks.on(guildId, channelId), this.#parts.underWay(guildId)]);
		const known = locks.map(({ layer }) => layer);
		const isNew = (layer: Layer) => !known.some(({ kind, subject }) => kind === layer.kind && subject.id === layer.subject.id);
		const begun = orders.filter((order) => order.channelId === channelId && order.key !== butOrder);
		return [...known, ...begun.flatMap(({ details }) => readLayers(details['layers'])).filter(isNew)];
	}

	/** What has to be laid for a lock or mute. */
	public async plan(
		channel: ChannelFacts,
		layers: readonly Layer[],
		{ kind, subject, gives }: Pick<Layer, 'kind' | 'subject' | 'gives'>
	): Promise<Outcome<readonly Layer[], PlanRefusal>> {
		const bot = await this.#parts.discord.bot(channel.guildId);
		if (isThread(channel.type) && kind === 'send') return this.#planThread(channel, bot, subject);
		return planLayers({ channel, bot, layers, kind, subject, gives });
	}

	#planThread(channel: ChannelFacts, bot: Standing, subject: Subject): Outcome<readonly Layer[], PlanRefusal> {
		// A thread has the permissions of its channel, which Discord does not send with it.
		const lacks = permission.ManageThreads & ~(bot.isOwner || bot.permissions & permission.Administrator ? -1n : bot.permissions);
		if (lacks !== 0n) return refuse('bot-lacks', { permissions: namesOf(lacks) });
		if (channel.locked) return refuse('nothing-changes');
		const nothing = { allow: 0n, deny: 0n };
		return accept([{ kind: 'thread', subject, bits: 0n, gives: false, before: nothing, existed: true }]);
	}

	/** Whether all layers are there already, or nothing is left that they could lie on. */
	public async isLaid(guildId: string, channelId: string, layers: readonly Layer[]): Promise<boolean> {
		const channel = await this.channel(guildId, channelId);
		return channel === null || missing(channel, layers, await this.layersOn(guildId, channelId)).length === 0;
	}

	/** Lays what is not there yet: first what is given to the bot, so that it is never shut out. */
	public async lay(guildId: string, channelId: string, layers: readonly Layer[], reason: string): Promise<void> {
		const { discord } = this.#parts;
		const channel = await this.channel(guildId, channelId);
		if (channel === null) return;
		for (const { layer, target } of missing(channel, layers, await this.layersOn(guildId, channelId))) {
			if (layer.kind === 'thread') await discord.edit(channelId, { locked: true }, reason);
			else await discord.setOverwrite(channelId, layer.subject, target, reason);
		}
	}

	/** What taking these off would change. What was given to the bot goes last: until then it needs it. */
	public lift(channel: ChannelFacts, layers: readonly Layer[], all: readonly Layer[]): Lift {
		const steps: Step[] = [];
		let changedByHand = 0n;
		for (const layer of givingFirst(layers).reverse()) {
			const { subject } = layer;
			if (layer.kind === 'thread') {
				if (channel.locked) steps.push({ subject, target: 'thread' });
				else changedByHand |= permission.SendMessagesInThreads;
				continue;
			}
			const restored = withoutLayer(overwriteOf(channel, subject), layer, othersThan(layer, all));
			if (!layer.gives || layer.kind === 'pictures') changedByHand |= restored.changedByHand;
			steps.push(...stepOf(channel, subject, restored));
		}
		return { steps, changedByHand };
	}

	/** The same for a member about whom nothing is remembered: what denies (or allows) is cleared, where nothing of ours lies. */
	public liftLoose(channel: ChannelFacts, subject: Subject, kind: LayerKind, gives: boolean, all: readonly Layer[]): Lift {
		const current = overwriteOf(channel, subject);
		const ours = layersOf(all, subject).reduce((sum, layer) => sum | layer.bits, 0n);
		const restored = withoutBits(current, bitsOf(kind, channel.type) & ~ours, gives);
		return { steps: stepOf(channel, subject, restored), changedByHand: 0n };
	}

	/** Whether a member has by us what this kind gives, or by hand all of its bits. */
	public async allows(guildId: string, channelId: string, userId: string, kind: LayerKind): Promise<boolean> {
		const channel = await this.channel(guildId, channelId);
		if (channel === null) return false;
		const all = await this.layersOn(guildId, channelId);
		if (all.some((layer) => layer.kind === kind && layer.subject.id === userId)) return true;
		const bits = bitsOf(kind, channel.type);
		return ((overwriteOf(channel, { id: userId })?.allow ?? 0n) & bits) === bits;
	}

	public async carryOut({ steps }: Lift, channelId: string, reason: string): Promise<void> {
		const { discord } = this.#parts;
		for (const { subject, target } of steps) {
			if (target === 'thread') await discord.edit(channelId, { locked: false }, reason);
			else if (target === null) await discord.deleteOverwrite(channelId, subject, reason);
			else await discord.setOverwrite(channelId, subject, target, reason);
		}
	}

	/** Whether the bot can change overwrites there. */
	public async mayEdit(channel: ChannelFacts): Promise<Outcome<null, 'bot-cannot-edit'>> {
		const bot = await this.#parts.discord.bot(channel.guildId);
		const held = permissionsIn(bot, channel);
		const needed = isThread(channel.type) ? 0n : permission.ViewChannel | permission.ManageRoles;
		const missing = needed & ~held;
		return missing === 0n ? accept(null) : refuse('bot-cannot-edit', { permissions: namesOf(missing) });
	}
}

/** Which layers are not there yet, with the overwrites as they shall be. */
function missing(channel: ChannelFacts, layers: readonly Layer[], all: readonly Layer[]) {
	return givingFirst(layers)
		.map((layer) => ({ layer, current: overwriteOf(channel, layer.subject) }))
		.map(({ layer, current }) => ({ layer, current, target: withLayer(current, layer, othersThan(layer, all)) }))
		.filter(({ layer, current, target }) => (layer.kind === 'thread' ? !channel.locked : !sameBits(current, target)));
}

function givingFirst(layers: readonly Layer[]): Layer[] {
	return [...layers].sort((left, right) => Number(right.gives) - Number(left.gives));
}

function othersThan({ kind, subject }: Layer, all: readonly Layer[]): readonly Layer[] {
	return layersOf(all, subject).filter((layer) => layer.kind !== kind);
}

function stepOf(channel: ChannelFacts, subject: Subject, { target }: Restored): readonly Step[] {
	return sameBits(overwriteOf(channel, subject), target) ? [] : [{ subject, target }];
}
