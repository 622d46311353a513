import type { Bits } from '#lib/core/standing.js';
import type { LayerKind } from './permissions.js';

/** Whom an overwrite is about: a role or a member. */
export interface Subject {
	readonly id: string;
	readonly isMember: boolean;
}

/**
 * What one lock or mute does to one overwrite, and how its bits were before anything of ours lay on them.
 *
 * Several can lie on one overwrite, and each can be taken off in any order: what is left below is then as if it had never been there.
 */
export interface Layer {
	readonly kind: LayerKind;
	readonly subject: Subject;
	readonly bits: bigint;
	/** True: it allows; false: it denies, and so wins over those that allow. */
	readonly gives: boolean;
	/** Of the bits alone. */
	readonly before: Bits;
	/** Whether there was an overwrite at all. */
	readonly existed: boolean;
}

/** An overwrite as it shall be. Null: there shall be none. */
export interface Restored {
	readonly target: Bits | null;
	/** Bits that somebody changed by hand meanwhile: they are left as they are. */
	readonly changedByHand: bigint;
}

const nothing: Bits = { allow: 0n, deny: 0n };

/** What layers make of the bits that they cover. */
function covered(layers: readonly Layer[]): Bits {
	const all = (gives: boolean) => layers.reduce((sum, layer) => (layer.gives === gives ? sum | layer.bits : sum), 0n);
	const deny = all(false);
	return { allow: all(true) & ~deny, deny };
}

/** Of the covered bits those that are as the layers make them. */
function untouched(now: Bits, { allow, deny }: Bits): bigint {
	return (deny & now.deny & ~now.allow) | (allow & now.allow & ~now.deny);
}

/**
 * Remembers how an overwrite is below what shall be laid on it; null when nothing would change, for want of bits or because it is so
 * already by somebody else's hand.
 *
 * `others`: the layers that lie on this overwrite, the latest last. Bits below one of them are as that one remembers.
 */
export function layOn(
	current: Bits | null,
	others: readonly Layer[],
	wanted: Pick<Layer, 'kind' | 'subject' | 'bits' | 'gives'>
): Layer | null {
	const now = current ?? nothing;
	const cover = covered(others);
	const ours = untouched(now, cover);
	const already = wanted.gives ? now.allow : now.deny;
	if ((wanted.bits & (~already | ours)) === 0n) return null;
	const fresh = wanted.bits & ~ours;
	let before: Bits = { allow: now.allow & fresh, deny: now.deny & fresh };
	let left = wanted.bits & ours;
	for (const layer of [...others].reverse()) {
		const known = left & layer.bits;
		before = { allow: before.allow | (layer.before.allow & known), deny: before.deny | (layer.before.deny & known) };
		left &= ~known;
	}
	return { ...wanted, before, existed: current !== null && others.every((layer) => layer.existed) };
}

/** The overwrite with a layer on it. The same again when it lies there already. */
export function withLayer(current: Bits | null, layer: Layer, others: readonly Layer[]): Bits {
	const now = current ?? nothing;
	const cover = covered([...others, layer]);
	return {
		allow: (now.allow & ~layer.bits) | (cover.allow & layer.bits),
		deny: (now.deny & ~layer.bits) | (cover.deny & layer.bits)
	};
}

/** The overwrite without a layer: only its own bits change, and of those only the ones that are still as we made them. */
export function withoutLayer(current: Bits | null, layer: Layer, others: readonly Layer[]): Restored {
	const now = current ?? nothing;
	const ours = layer.bits & untouched(now, covered([...others, layer]));
	const below = covered(others);
	const bare = ours & ~below.allow & ~below.deny;
	const allow = (now.allow & ~ours) | (below.allow & ours) | (layer.before.allow & bare);
	const deny = (now.deny & ~ours) | (below.deny & ours) | (layer.before.deny & bare);
	const isEmpty = allow === 0n && deny === 0n;
	return {
		target: isEmpty && (current === null || !layer.existed) ? null : { allow, deny },
		changedByHand: layer.bits & ~ours
	};
}

/** The overwrite without these bits, for what we remember nothing of; an empty one is taken away. */
export function withoutBits(current: Bits | null, bits: bigint, gives: boolean): Restored {
	if (current === null) return { target: null, changedByHand: 0n };
	const allow = gives ? current.allow & ~bits : current.allow;
	const deny = gives ? current.deny : current.deny & ~bits;
	return { target: allow === 0n && deny === 0n ? null : { allow, deny }, changedByHand: 0n };
}

export function sameBits(left: Bits | null, right: Bits | null): boolean {
	return left === null || right === null ? left === right : left.allow === right.allow && left.deny === right.deny;
}
