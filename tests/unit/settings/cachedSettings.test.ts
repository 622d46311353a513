import { expect, test, vi } from 'vitest';
import { CachedSettings, type CachedSettingsOptions } from '#lib/settings/cachedSettings.js';

interface Words {
	readonly words: readonly string[];
	readonly limit: number;
}

const defaults: Words = { words: [], limit: 3 };

/** A source whose reads end when the test says so. */
function slowSource() {
	const rows = new Map<string, Partial<Words>>();
	const waiting: (() => void)[] = [];
	const wait = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
	return {
		rows,
		/** Ends the reads that are under way; each answers what the row was when it began. */
		finish: () => {
			for (const resolve of waiting.splice(0)) resolve();
		},
		read: vi.fn(async (guildId: string) => {
			const row = rows.get(guildId) ?? null;
			await wait();
			return row;
		}),
		readMany: vi.fn(async (guildIds: readonly string[]) => {
			const found = new Map([...rows].filter(([guildId]) => guildIds.includes(guildId)));
			await wait();
			return found;
		})
	};
}

function make(derive: CachedSettingsOptions<Words, string>['derive'] = ({ words }) => words.join('|')) {
	const source = slowSource();
	return { source, settings: new CachedSettings({ defaults, source, derive }) };
}

async function warm({ source, settings }: ReturnType<typeof make>, guildId: string): Promise<void> {
	const reading = settings.get(guildId);
	source.finish();
	await reading;
}

test('a warm answer is no promise', async () => {
	const made = make();
	await warm(made, '1');
	expect(made.settings.get('1')).toEqual({ settings: defaults, derived: '' });
});

test('what is stored goes over the defaults, field by field', async () => {
	const made = make();
	made.source.rows.set('1', { words: ['tea'] });
	await warm(made, '1');
	expect(made.settings.peek('1')?.settings).toEqual({ words: ['tea'], limit: 3 });
});

test('a server without a row is remembered as the defaults: absence is not asked for again', async () => {
	const made = make();
	await warm(made, '1');
	await made.settings.get('1');
	expect(made.source.read).toHaveBeenCalledTimes(1);
});

test('one read serves all who ask at once', async () => {
	const { source, settings } = make();
	const asked = [settings.get('1'), settings.get('1'), settings.get('1')];
	source.finish();
	const [first, second, third] = await Promise.all(asked);
	expect(source.read).toHaveBeenCalledTimes(1);
	expect(second).toBe(first);
	expect(third).toBe(first);
});

test('a read under way when an eviction came is not kept', async () => {
	const { source, settings } = make();
	source.rows.set('1', { limit: 1 });
	const early = settings.get('1');
	source.rows.set('1', { limit: 2 });
	settings.evict('1');
	source.finish();
	expect((await early).settings.limit).toBe(1);
	expect(settings.peek('1')).toBeUndefined();

	const late = settings.get('1');
	source.finish();
	expect((await late).settings.limit).toBe(2);
});

test('who asks after an eviction does not get the read that began before it', async () => {
	const { source, settings } = make();
	source.rows.set('1', { limit: 1 });
	const early = settings.get('1');
	source.rows.set('1', { limit: 2 });
	settings.evict('1');
	const late = settings.get('1');
	source.finish();
	expect((await early).settings.limit).toBe(1);
	expect((await late).settings.limit).toBe(2);
	expect(settings.peek('1')?.settings.limit).toBe(2);
});

test('the late end of an old read does not replace what was read after it', async () => {
	const made = make();
	const { source, settings } = made;
	const { promise: slow, resolve: endSlow } = Promise.withResolvers<Partial<Words>>();
	source.read.mockImplementationOnce(() => slow.then((row) => row));
	const early = settings.get('1');
	settings.evict('1');
	source.rows.set('1', { limit: 2 });
	await warm(made, '1');
	endSlow({ limit: 1 });
	await early;
	expect(settings.peek('1')?.settings.limit).toBe(2);
});

test('an eviction of everything also drops reads under way', async () => {
	const { source, settings } = make();
	const early = settings.get('1');
	settings.evictAll();
	source.finish();
	await early;
	expect(settings.peek('1')).toBeUndefined();
});

test('what is derived is made once for a value and dropped with it', async () => {
	const derive = vi.fn(({ words }: Words) => words.join('|'));
	const made = make(derive);
	await warm(made, '1');
	await made.settings.get('1');
	expect(derive).toHaveBeenCalledTimes(1);
	made.source.rows.set('1', { words: ['a', 'b'] });
	made.settings.evict('1');
	await warm(made, '1');
	expect(made.settings.peek('1')?.derived).toBe('a|b');
});

test('a failed read rejects for all who wait and is tried again by the next', async () => {
	const made = make();
	made.source.read.mockRejectedValueOnce(new Error('away'));
	const asked = [made.settings.get('1'), made.settings.get('1')];
	await expect(Promise.all(asked)).rejects.toThrow('away');
	await warm(made, '1');
	expect(made.settings.peek('1')?.settings).toEqual(defaults);
});

test('a derivation that throws rejects and is not remembered', async () => {
	let broken = true;
	const made = make(() => {
		if (broken) throw new Error('bad pattern');
		return 'fine';
	});
	await expect(warm(made, '1')).rejects.toThrow('bad pattern');
	broken = false;
	await warm(made, '1');
	expect(made.settings.peek('1')?.derived).toBe('fine');
});

test('warming reads all cold servers with one statement, and who asks meanwhile waits for it', async () => {
	const made = make();
	await warm(made, '1');
	made.source.rows.set('2', { limit: 9 });
	const warming = made.settings.warm(['1', '2', '3']);
	const asked = made.settings.get('2');
	made.source.finish();
	await warming;
	expect((await asked).settings.limit).toBe(9);
	expect(made.source.readMany.mock.calls).toEqual([[['2', '3']]]);
	expect(made.source.read).toHaveBeenCalledTimes(1);
	expect(made.settings.peek('3')?.settings).toEqual(defaults);
	await made.settings.warm(['1', '2', '3']);
	expect(made.source.readMany).toHaveBeenCalledTimes(1);
});

test('a server that was changed while all were warmed is not kept from that warming', async () => {
	const { source, settings } = make();
	const warming = settings.warm(['1', '2']);
	settings.evict('1');
	source.finish();
	await warming;
	expect(settings.peek('1')).toBeUndefined();
	expect(settings.peek('2')).toBeDefined();
});

test('a failed warming leaves nothing behind', async () => {
	const made = make();
	made.source.readMany.mockRejectedValueOnce(new Error('away'));
	await expect(made.settings.warm(['1', '2'])).rejects.toThrow('away');
	await warm(made, '1');
	expect(made.settings.size).toBe(1);
});

test('only servers that the process serves are kept', async () => {
	const made = make();
	made.settings.boundTo((guildId) => guildId === '1');
	await warm(made, '1');
	await warm(made, 'elsewhere');
	expect(made.settings.size).toBe(1);
	expect(made.settings.peek('elsewhere')).toBeUndefined();
});
