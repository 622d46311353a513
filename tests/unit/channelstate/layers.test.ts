import { describe, expect, test } from 'vitest';
import type { Bits } from '#lib/core/standing.js';
import { type Layer, layOn, sameBits, withLayer, withoutBits, withoutLayer } from '#modules/channelstate/domain/layers.js';
import { bitsOf, type LayerKind, permission } from '#modules/channelstate/domain/permissions.js';
import { readLayers, storeLayers } from '#modules/channelstate/domain/remember.js';
import { aLayer, dice, everybody, someBits } from './support.js';

const { SendMessages, AddReactions, AttachFiles, EmbedLinks, ViewChannel } = permission;
const none: Bits = { allow: 0n, deny: 0n };
const send = { kind: 'send', subject: everybody, bits: SendMessages | AddReactions, gives: false } as const;

function lay(current: Bits | null, others: readonly Layer[], wanted: Pick<Layer, 'kind' | 'subject' | 'bits' | 'gives'>) {
	const layer = layOn(current, others, wanted);
	return layer && { layer, bits: withLayer(current, layer, others) };
}

describe('a layer', () => {
	test('denies its bits and remembers each of them', () => {
		const before = { allow: SendMessages | AttachFiles, deny: ViewChannel };
		const laid = lay(before, [], send);
		expect(laid?.bits).toEqual({ allow: AttachFiles, deny: ViewChannel | SendMessages | AddReactions });
		expect(laid?.layer).toMatchObject({ before: { allow: SendMessages, deny: 0n }, existed: true });
	});

	test('that would change nothing is none', () => {
		expect(lay({ allow: 0n, deny: SendMessages | AddReactions }, [], send)).toBeNull();
		expect(lay(null, [], { ...send, bits: 0n })).toBeNull();
	});

	test('on bits that are denied by another layer lies there all the same, and stays when that one goes', () => {
		const files = { kind: 'files', subject: { id: '9', isMember: true }, bits: AttachFiles | EmbedLinks, gives: false } as const;
		const first = lay(null, [], files);
		if (!first) throw new Error('Nothing was laid');
		const second = lay(first.bits, [first.layer], { ...files, kind: 'images' });
		if (!second) throw new Error('Nothing was laid');
		expect(second.layer).toMatchObject({ before: none, existed: false });
		const one = withoutLayer(second.bits, first.layer, [second.layer]);
		expect(one).toEqual({ target: { allow: 0n, deny: AttachFiles | EmbedLinks }, changedByHand: 0n });
		expect(withoutLayer(one.target, second.layer, [])).toEqual({ target: null, changedByHand: 0n });
	});

	test('laid twice is there once', () => {
		const laid = lay({ allow: SendMessages, deny: 0n }, [], send);
		if (!laid) throw new Error('Nothing was laid');
		expect(withLayer(laid.bits, laid.layer, [])).toEqual(laid.bits);
	});

	test('taken off twice changes nothing the second time', () => {
		const laid = lay({ allow: SendMessages, deny: 0n }, [], send);
		if (!laid) throw new Error('Nothing was laid');
		const once = withoutLayer(laid.bits, laid.layer, []);
		expect(once.target).toEqual({ allow: SendMessages, deny: 0n });
		expect(withoutLayer(once.target, laid.layer, []).target).toEqual(once.target);
	});
});

describe('what was changed by hand below a layer', () => {
	const laid = lay({ allow: SendMessages, deny: 0n }, [], send);
	if (!laid) throw new Error('Nothing was laid');

	test('other bits stay as they are, and that is nothing to speak of', () => {
		const edited = { allow: 0n, deny: laid.bits.deny | ViewChannel };
		expect(withoutLayer(edited, laid.layer, [])).toEqual({ target: { allow: SendMessages, deny: ViewChannel }, changedByHand: 0n });
	});

	test('bits of ours that somebody set otherwise stay so, and are named', () => {
		const opened = { allow: SendMessages | AddReactions, deny: 0n };
		expect(withoutLayer(opened, laid.layer, [])).toEqual({ target: opened, changedByHand: SendMessages | AddReactions });
		const half = { allow: 0n, deny: SendMessages };
		expect(withoutLayer(half, laid.layer, [])).toEqual({ target: { allow: SendMessages, deny: 0n }, changedByHand: AddReactions });
	});

	test('an overwrite that somebody deleted does not come back', () => {
		expect(withoutLayer(null, laid.layer, []).target).toBeNull();
	});

	test('the next lock takes what is there now for what was there before', () => {
		const again = lay({ allow: SendMessages, deny: 0n }, [aLayer({ kind: 'images' })], send);
		expect(again?.layer.before).toEqual({ allow: SendMessages, deny: 0n });
	});
});

describe('without a memory', () => {
	test('denied bits are cleared, and an overwrite that is empty then goes', () => {
		expect(withoutBits({ allow: ViewChannel, deny: AttachFiles }, AttachFiles | EmbedLinks, false).target).toEqual({
			allow: ViewChannel,
			deny: 0n
		});
		expect(withoutBits({ allow: 0n, deny: AttachFiles }, AttachFiles | EmbedLinks, false).target).toBeNull();
		expect(withoutBits({ allow: AttachFiles, deny: 0n }, AttachFiles, true).target).toBeNull();
		expect(withoutBits(null, AttachFiles, false).target).toBeNull();
	});
});

const kinds: readonly LayerKind[] = ['send', 'view', 'images', 'reactions', 'files', 'pictures'];

test('whatever lies on an overwrite and in whatever order it goes: the overwrite is as it was', () => {
	for (let seed = 1; seed <= 600; seed += 1) {
		const { below, bits, chance, pick, shuffle } = dice(seed);
		const original = chance(0.3) ? null : bits(someBits);
		let current = original;
		let layers: readonly Layer[] = [];
		const off = (layer: Layer) => {
			layers = layers.filter((other) => other !== layer);
			current = withoutLayer(current, layer, layers).target;
		};
		for (let step = below(8); step >= 0; step -= 1) {
			const kind = pick(kinds);
			const there = layers.find((layer) => layer.kind === kind);
			if (there) off(there);
			else {
				const laid = lay(current, layers, { kind, subject: everybody, bits: bitsOf(kind, pick([0, 2])), gives: kind === 'pictures' });
				if (laid === null) continue;
				layers = [...layers, laid.layer];
				current = laid.bits;
				for (const layer of layers)
					expect(
						withLayer(
							current,
							layer,
							layers.filter((one) => one !== layer)
						),
						`seed ${seed}`
					).toEqual(current);
			}
		}
		// What is remembered in the database is the same as what is in memory.
		layers = shuffle(readLayers(JSON.parse(JSON.stringify(storeLayers(layers)))));
		for (const layer of layers) off(layer);
		expect(sameBits(current, original), `seed ${seed}: ${JSON.stringify({ original, current }, (_, value) => String(value))}`).toBe(true);
	}
});

test('bits that are no layer are left out when they are read back', () => {
	const [stored = []] = storeLayers([aLayer()]);
	expect(readLayers([stored])).toEqual([aLayer()]);
	expect(
		readLayers([['other', ...stored.slice(1)], stored.slice(0, 4), 'send', null, [...stored.slice(0, 4), '-1', '0', '0', true]])
	).toEqual([]);
	expect(readLayers(undefined)).toEqual([]);
});
