import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { ChannelMove, ChannelUse } from '#lib/settings/channelReferences.js';
import type { Details } from '../domain/case.js';
import {
	announcements,
	canNuke,
	clonesOf,
	doublesOf,
	hasRoom,
	isForum,
	isTalked,
	lackingFor,
	type NukeMemory,
	type Place,
	placeBehind,
	readNuke,
	rememberNuke,
	type ServerUse
} from '../domain/nuke.js';
import type { Order } from '../domain/order.js';
import type { NukeDiscord } from '../ports.js';

export interface NukeParts {
	readonly discord: NukeDiscord;
	/** What people have set that names a channel. */
	readonly uses: (guildId: string, channelId: string) => Promise<readonly ChannelUse[]>;
	/** Lets everything that is kept about the channel be about the clone, in one transaction. Twice is fine. */
	readonly follow: (move: ChannelMove) => Promise<void>;
	/** Writes the order anew where it is kept. */
	readonly note: (order: Order) => Promise<void>;
	readonly botId: () => string;
	readonly log: { warn(details: object, message: string): void };
}

/** What the question has to say. */
export interface NukePlan {
	readonly uses: readonly ChannelUse[];
	readonly server: readonly ServerUse[];
	readonly threads: number;
	/** Other servers may follow it. */
	readonly isAnnouncements: boolean;
	/** Its threads are posts. */
	readonly isForum: boolean;
	/** People talk there. */
	readonly isTalked: boolean;
	/** The bot may not look after its webhooks. */
	readonly webhooksHidden: boolean;
	/** Rules of AutoMod that name it; null when the bot may not look after them. */
	readonly autoMod: number | null;
	/** New members are led there. */
	readonly onboarding: boolean;
}

type NukeRefusal = 'nuke-no-channel' | 'nuke-wrong-type' | 'nuke-lacks' | 'nuke-no-room';

/**
 * Makes a channel anew: a clone in its place, to which everything follows that named the old one, which is then deleted.
 *
 * Each step bears being done again, and the clone is known from other channels, so that whoever finishes an order that was cut short
 * makes no second one. From the clone on it only goes forward: what Discord refuses then is told with the case.
 */
export class Nuke {
	readonly #parts: NukeParts;

	public constructor(parts: NukeParts) {
		this.#parts = parts;
	}

	/** Whether Discord will let it be done to the end; answers what has to be remembered. */
	public async check({ guildId, channelId }: Order): Promise<Outcome<Details, NukeRefusal>> {
		const { discord } = this.#parts;
		const channel = channelId === null ? null : await discord.channel(guildId, channelId);
		if (channel === null) return refuse('nuke-no-channel');
		if (!canNuke(channel.type)) return refuse('nuke-wrong-type', { channel: channel.name });
		const [bot, uses, places] = await Promise.all([
			discord.standing(guildId),
			discord.serverUses(guildId, channel.id),
			discord.places(guildId)
		]);
		const lacking = lackingFor(bot, channel, uses);
		if (lacking !== 0n) return refuse('nuke-lacks', { channel: channel.name, permissions: discord.namesOf(lacking) });
		if (!hasRoom(places, channel.parentId)) return refuse('nuke-no-room');
		return accept(rememberNuke(channel, places));
	}

	/** What will happen besides. */
	public async plan(guildId: string, channel: { readonly id: string; readonly type: number }): Promise<NukePlan> {
		const { discord, uses } = this.#parts;
		const [followers, server, wide, threads, webhooks] = await Promise.all([
			uses(guildId, channel.id),
			discord.serverUses(guildId, channel.id),
			discord.wideUses(guildId, channel.id),
			discord.threads(guildId, channel.id),
			discord.webhooks(channel.id)
		]);
		return {
			uses: followers,
			server,
			threads,
			isAnnouncements: channel.type === announcements,
			isForum: isForum(channel.type),
			isTalked: isTalked(channel.type),
			webhooksHidden: webhooks === null,
			...wide
		};
	}

	/** Whether there is a clone already. */
	public async isBegun(order: Order): Promise<boolean> {
		const memory = readNuke(order.details);
		return memory.cloneId !== null || (await this.#clones(order, memory)).length > 0;
	}

	/** Does what is still to be done. Answers what became of it, for the case. */
	public async carryOut(order: Order, reason: string): Promise<Details> {
		const { guildId, channelId } = order;
		if (channelId === null) return {};
		const { discord, follow, note, botId } = this.#parts;
		const memory = readNuke(order.details);
		const clone = await this.#cloneOf(order, memory, channelId, reason);
		// The old one was deleted by hand before there was a clone.
		if (clone === null) return {};
		const kept = { ...order, details: { ...order.details, clone } };
		if (memory.cloneId !== clone) await note(kept);
		await this.#tryTo('set the clone right', order, () => this.#setRight(kept, clone, channelId, reason));
		await follow({ guildId, from: channelId, to: clone, actorId: order.actorId ?? botId() });
		await this.#tryTo('let the server have the clone', order, () => discord.moveServerUses(guildId, channelId, clone, reason));
		await this.#tryTo('let AutoMod name the clone', order, () => discord.moveAutoMod(guildId, channelId, clone, reason));
		await this.#tryTo('lead new members to the clone', order, () => discord.moveOnboarding(guildId, channelId, clone, reason));
		await this.#tryTo('bring people over', order, () => discord.moveTalkers(guildId, channelId, clone, reason));
		let webhooksLost = 0;
		for (const webhook of (await discord.webhooks(channelId)) ?? []) {
			if (!(await this.#tryTo('move a webhook', order, () => discord.moveWebhook(webhook, clone, reason)))) webhooksLost += 1;
		}
		const isDeleted = await this.#tryTo('delete the old channel', order, () => discord.remove(channelId, reason));
		await this.#tryTo('write into the clone', order, () => discord.sayFirst(clone, order));
		return {
			clone,
			...(!isDeleted && { left: channelId }),
			...(webhooksLost > 0 && { webhooksLost })
		};
	}

	/** The clone that there is, or a new one; null when there is nothing to make one of. */
	async #cloneOf(order: Order, memory: NukeMemory, channelId: string, reason: string): Promise<string | null> {
		const { discord } = this.#parts;
		const places = await discord.places(order.guildId);
		if (memory.cloneId !== null && places.some(({ id }) => id === memory.cloneId)) return memory.cloneId;
		const [found] = await this.#clones(order, memory, places);
		if (found !== undefined) return found.id;
		const channel = await discord.channel(order.guildId, channelId);
		// Made, and deleted by hand after it had taken the old one's place.
		if (channel === null) return memory.cloneId;
		return discord.create(channel, `${tagOf(order)} ${reason}`);
	}

	/** Deletes what Discord made twice, and puts the clone where the old one stands. */
	async #setRight(order: Order, clone: string, channelId: string, reason: string): Promise<void> {
		const { discord } = this.#parts;
		const { guildId } = order;
		const places = await discord.places(guildId);
		const others = places.filter(({ id }) => id !== clone);
		for (const id of doublesOf(await this.#clones(order, readNuke(order.details), others), clone)) await discord.remove(id, reason);
		if (isForum(readNuke(order.details).type)) await discord.requireTags(channelId, clone, reason);
		const moves = placeBehind(places, channelId, clone);
		if (moves.length > 0) await discord.arrange(guildId, moves, reason);
	}

	async #clones(order: Order, memory: NukeMemory, known?: readonly Place[]): Promise<readonly Place[]> {
		const { discord } = this.#parts;
		const { guildId, channelId } = order;
		const places = known ?? (await discord.places(guildId));
		const find = (made: ReadonlyMap<string, string>) => clonesOf(places, channelId ?? '', memory, tagOf(order), made);
		// The audit log is asked only when there is something to ask about.
		return find(new Map()).length === 0 ? [] : find(await discord.madeChannels(guildId));
	}

	/** False when Discord refused: the rest goes on. @throws everything else, so that it is tried again */
	async #tryTo(what: string, { key, guildId }: Order, work: () => Promise<void>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			if (!isDiscordRefusal(error)) throw error;
			this.#parts.log.warn({ err: error, guild: guildId, order: key }, `While a channel was nuked, Discord did not let me ${what}`);
			return false;
		}
	}
}

/** Stands in the audit log with the clone, which is told from other new channels by it. */
function tagOf({ key }: Order): string {
	return `[${key.slice(0, 8)}]`;
}
