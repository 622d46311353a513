import { readdirSync } from 'node:fs';
import { container, InteractionHandler, InteractionHandlerStore } from '@sapphire/framework';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leafOf } from '#lib/commands/leaf.js';
import { openKit } from '#lib/commands/openKit.js';
import { askToConfirm, confirmations } from '#lib/components/confirm/confirm.js';
import { confirmId } from '#lib/components/confirm/ids.js';
import { customIds } from '#lib/components/customId.js';
import { goToPageId, pageId, pageNumberInput } from '#lib/components/pager/ids.js';
import { pagers } from '#lib/components/pager/pager.js';
import { pagesOfLines } from '#lib/components/pager/pagesView.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { FakeClock } from '../../support/fakeClock.js';
import { fakeDiscord, type Press } from '../../support/fakeInteraction.js';

const ana = '100000000000000001';
const bob = '100000000000000002';
const channelId = '300000000000000000';
const folder = new URL('../../../src/interaction-handlers/', import.meta.url);
const languages = loadLanguages();

async function allHandlers(): Promise<InteractionHandler[]> {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /(?:^|\/)[^_/]+\.ts$/.test(file));
	const store = new InteractionHandlerStore();
	const modules: unknown[] = await Promise.all(files.map((file) => import(/* @vite-ignore */ new URL(file, folder).href)));
	return modules.flatMap((module) =>
		Object.values(module as object)
			.filter((value) => typeof value === 'function' && value.prototype instanceof InteractionHandler)
			.map((Handler) => Reflect.construct(Handler, [{ name: Handler.name, path: '', root: '', store }, {}]))
	);
}

const handlers = await allHandlers();
let discord: ReturnType<typeof fakeDiscord>;

beforeEach(() => {
	discord = fakeDiscord();
	const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
	container.kit = openKit({
		clock: new FakeClock(),
		keyValue: memoryKeyValue({ logger }),
		languages,
		ownerIds: [],
		staffIds: [],
		onRun: () => undefined
	});
});

afterEach(async () => {
	confirmations.close();
	await discord.client.destroy();
});

/** What the store does with a press: every handler is asked, those who take it run. Answers the codes of refusals. */
async function press(press: Press): Promise<unknown[]> {
	const results: unknown[] = [];
	for (const handler of handlers) {
		const interaction = press.fields === undefined ? discord.button(press) : discord.form(press);
		const parsed = await handler.parse(interaction);
		if (parsed.isNone()) continue;
		const run = async () => handler.run(interaction, parsed.unwrap());
		results.push(
			await run().then(
				() => 'done',
				(error) => error.context.code
			)
		);
	}
	return results;
}

function bodies(): unknown[] {
	return discord.sent.map(({ body }) => body);
}

test('exactly one handler accepts each id', async () => {
	const names = [...customIds().keys()].filter((name) => !name.startsWith('test.')).flatMap((name) => name.split(' '));
	expect(names).toEqual(expect.arrayContaining(['confirm', 'page', 'page.goto']));
	for (const name of names) {
		const taken = await Promise.all(handlers.map(async (handler) => (await handler.parse(discord.button({ customId: name }))).isSome()));
		expect([name, taken.filter(Boolean).length]).toEqual([name, 1]);
	}
});

test.each(['', 'x', 'confirms:a:yes', 'pages:a:next', 'RB:123456789012345678:123456789012345678:1', 'page.goto.x', 'CONFIRM:a:yes'])(
	'nobody takes the foreign id "%s"',
	async (customId) => {
		expect(await press({ customId })).toEqual([]);
	}
);

test.each(['confirm', 'confirm:a', 'confirm:a:maybe', 'page:a:fly', 'page:a b:next', 'page~2:a:next'])(
	'the forged id "%s" is refused',
	async (customId) => {
		expect(await press({ customId })).toEqual(['malformed']);
		expect(discord.sent).toEqual([]);
	}
);

describe('confirm', () => {
	const leaf = leafOf({
		id: 'test.clear',
		name: 'clear',
		where: 'both',
		slash: { none: 'a test' },
		options: {},
		run: async () => undefined
	});

	function ask(recheck?: () => Promise<void>) {
		const replies: unknown[] = [];
		const sent = { id: '1', channelId, edit: async (payload: unknown) => void replies.push(payload), delete: async () => undefined };
		const reply = async (payload: unknown) => {
			replies.push(payload);
			return sent;
		};
		const user = discord.button({ customId: 'x', userId: ana }).user;
		const request = { question: 'components:pager.go-to', ...(recheck && { recheck }) } as const;
		const answer = askToConfirm({ t: languages.translator('en-US'), user, channelId, leaf, reply }, request);
		const nonce = /confirm:([\w-]+):yes/.exec(JSON.stringify(replies))?.[1] ?? '';
		return { answer, nonce, replies };
	}

	test('yes by the caller is true, and greys the buttons', async () => {
		const { answer, nonce } = ask();
		expect(await press({ customId: confirmId.encode({ nonce, answer: 'yes' }) })).toEqual(['done']);
		await expect(answer).resolves.toBe(true);
		expect(JSON.stringify(bodies())).toContain('"disabled":true');
		expect(JSON.stringify(bodies())).not.toContain('"disabled":false');
	});

	test('no is false', async () => {
		const { answer, nonce } = ask();
		await press({ customId: confirmId.encode({ nonce, answer: 'no' }) });
		await expect(answer).resolves.toBe(false);
	});

	test('two presses at once have one effect', async () => {
		const { answer, nonce } = ask();
		const customId = confirmId.encode({ nonce, answer: 'yes' });
		const results = await Promise.all([press({ customId }), press({ customId })]);
		expect(results.flat().sort()).toEqual(['done', 'expired']);
		await expect(answer).resolves.toBe(true);
		expect(discord.sent).toHaveLength(1);
	});

	test('somebody else is told so, and the question stays open', async () => {
		const { answer, nonce } = ask();
		expect(await press({ customId: confirmId.encode({ nonce, answer: 'yes' }), userId: bob })).toEqual(['not-yours']);
		expect(await press({ customId: confirmId.encode({ nonce, answer: 'yes' }), channelId: '300000000000000009' })).toEqual(['expired']);
		expect(discord.sent).toEqual([]);
		await press({ customId: confirmId.encode({ nonce, answer: 'no' }) });
		await expect(answer).resolves.toBe(false);
	});

	test('what is not allowed any more at the press is refused there', async () => {
		const { answer, nonce } = ask(async () => {
			throw new Error('not any more');
		});
		const failed = expect(answer).rejects.toThrow('not any more');
		await press({ customId: confirmId.encode({ nonce, answer: 'yes' }) });
		await failed;
	});

	test('a module that was switched off meanwhile refuses the press', async () => {
		const { answer, nonce } = ask();
		container.kit.policies.register('moduleEnabled', ({ leaf: asked }) =>
			asked.module === 'test' ? { module: 'test', code: 'off' } : null
		);
		expect(await press({ customId: confirmId.encode({ nonce, answer: 'yes' }) })).toEqual(['off']);
		confirmations.close();
		await expect(answer).resolves.toBe(false);
	});

	test('a question from before a restart has expired', async () => {
		expect(await press({ customId: confirmId.encode({ nonce: 'old', answer: 'yes' }) })).toEqual(['expired']);
	});

	test('when it is too late the buttons are greyed', async () => {
		const { answer, replies } = ask();
		confirmations.close();
		await expect(answer).resolves.toBe(false);
		expect(JSON.stringify(replies[1])).toContain('"disabled":true');
	});
});

describe('pager', () => {
	function open() {
		const pages = pagesOfLines({ title: 'Lines', lines: Array.from({ length: 25 }, (_, index) => `line ${index + 1}`) });
		return pagers.open({ userId: ana, channelId, module: 'test' }, pages).nonce;
	}

	test('next shows the next page', async () => {
		expect(await press({ customId: pageId.encode({ nonce: open(), action: 'next' }) })).toEqual(['done']);
		expect(JSON.stringify(bodies())).toContain('line 11');
		expect(JSON.stringify(bodies())).toContain('Page 2 of 3');
	});

	test('the form opens, and its number turns the page', async () => {
		const nonce = open();
		expect(await press({ customId: pageId.encode({ nonce, action: 'goto' }) })).toEqual(['done']);
		expect(JSON.stringify(bodies())).toContain(goToPageId.encode({ nonce }));
		expect(await press({ customId: goToPageId.encode({ nonce }), fields: { [pageNumberInput]: '3' } })).toEqual(['done']);
		expect(JSON.stringify(bodies())).toContain('line 25');
	});

	test('a page that there is not is refused', async () => {
		expect(await press({ customId: goToPageId.encode({ nonce: open() }), fields: { [pageNumberInput]: '4' } })).toEqual(['no-such-page']);
		expect(discord.sent).toEqual([]);
	});

	test('a forged form without the number is refused', async () => {
		expect(await press({ customId: goToPageId.encode({ nonce: open() }), fields: { other: '2' } })).toEqual(['malformed']);
	});

	test('delete takes the message away once', async () => {
		const customId = pageId.encode({ nonce: open(), action: 'delete' });
		expect(await press({ customId })).toEqual(['done']);
		expect(discord.sent.map(({ method }) => method)).toEqual(['post', 'delete']);
		expect(await press({ customId })).toEqual(['expired']);
	});

	test('somebody else turns nothing, by button or by form', async () => {
		const nonce = open();
		expect(await press({ customId: pageId.encode({ nonce, action: 'delete' }), userId: bob })).toEqual(['not-yours']);
		expect(await press({ customId: goToPageId.encode({ nonce }), userId: bob, fields: { [pageNumberInput]: '2' } })).toEqual(['not-yours']);
		expect(discord.sent).toEqual([]);
	});
});
