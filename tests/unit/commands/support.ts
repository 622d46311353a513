import type { CommandInput, Where } from '#lib/commands/definition.js';
import { type Leaf, leafOf } from '#lib/commands/leaf.js';
import type { Options, ReadContext } from '#lib/commands/options/option.js';

/** A leaf with nothing special, for tests that look at one property of it. */
export function aLeaf<const O extends Options, W extends Where = 'guild'>(input: Partial<CommandInput<O, W>> = {}): Leaf {
	return leafOf({ id: 'test.command', name: 'command', slash: { none: 'a test' }, run: async () => undefined, ...input } as CommandInput<
		O,
		W
	>);
}

/** Where kinds that never ask Discord read their text. */
export const plainContext = { guild: null, channelId: '100000000000000000', message: null, now: Date.UTC(2026, 0, 1) } as ReadContext;
