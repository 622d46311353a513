import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { heldIn, isAboveOverwrites, type Overwrite, permissionsIn, type Standing } from '#lib/core/standing.js';
import { type Layer, layOn, type Subject, withLayer } from './layers.js';
import { bitsOf, essentialBits, isLockable, type LayerKind, namesOf, permission } from './permissions.js';
import type { ChannelFacts } from './standing.js';

/** Why something is not laid on a channel. */
export type PlanRefusal = 'wrong-channel' | 'bot-cannot-edit' | 'bot-lacks' | 'nothing-changes';

export interface PlanRequest {
	readonly channel: ChannelFacts;
	/** Of the bot. */
	readonly bot: Standing;
	/** Everything that lies on the channel already, the latest last. */
	readonly layers: readonly Layer[];
	readonly kind: LayerKind;
	readonly subject: Subject;
	readonly gives: boolean;
}

export function overwriteOf({ overwrites }: Pick<ChannelFacts, 'overwrites'>, { id }: Pick<Subject, 'id'>): Overwrite | null {
	return overwrites.find((overwrite) => overwrite.id === id) ?? null;
}

export function layersOf(layers: readonly Layer[], { id }: Pick<Subject, 'id'>): readonly Layer[] {
	return layers.filter(({ subject }) => subject.id === id);
}

/**
 * What has to be laid on a channel, in the order in which it is done. Nobody can set bits that he lacks, so only those that the bot
 * holds are changed; and what would be taken from the bot as well is given to it by an overwrite of its own first.
 */
export function planLayers(request: PlanRequest): Outcome<readonly Layer[], PlanRefusal> {
	const { channel, bot, layers, kind, subject, gives } = request;
	if (!isLockable(channel.type)) return refuse('wrong-channel');
	const held = permissionsIn(bot, channel);
	const missing = (permission.ViewChannel | permission.ManageRoles) & ~held;
	if (missing !== 0n) return refuse('bot-cannot-edit', { permissions: namesOf(missing) });
	const current = overwriteOf(channel, subject);
	const already = (gives ? current?.allow : current?.deny) ?? 0n;
	const bits = bitsOf(kind, channel.type) & held;
	const lacking = essentialBits(kind) & ~bits & ~already;
	if (lacking !== 0n) return refuse('bot-lacks', { permissions: namesOf(lacking) });
	const main = layOn(current, layersOf(layers, subject), { kind, subject, bits, gives });
	if (main === null) return refuse('nothing-changes');
	const own = ownLayer(request, main);
	return accept(own === null ? [main] : [own, main]);
}

/** What the bot would lose in the channel and has to be given; null when nothing. */
function ownLayer({ channel, bot, layers, kind }: PlanRequest, main: Layer): Layer | null {
	if (main.gives || isAboveOverwrites(bot)) return null;
	const { subject } = main;
	const after = withLayer(overwriteOf(channel, subject), main, layersOf(layers, subject));
	const overwrites = [...channel.overwrites.filter(({ id }) => id !== subject.id), { ...subject, ...after }];
	const lost = main.bits & heldIn(bot, channel.overwrites) & ~heldIn(bot, overwrites);
	if (lost === 0n) return null;
	const ours: Subject = { id: bot.userId, isMember: true };
	return layOn(overwriteOf(channel, ours), layersOf(layers, ours), { kind, subject: ours, bits: lost, gives: true });
}
