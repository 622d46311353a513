import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CustomIdReader, customIds } from '#lib/components/customId.js';
import { Api, asObject, asObjects } from '../../emulator/driver/api.js';
import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { flatten, readMessage } from '../../emulator/driver/messages.js';
import type { Json } from '../../emulator/state/types.js';
import { rowsOf } from '../support/allRows.js';
import { type House, openHouse } from '../support/house.js';
import { asks, staffedServer } from '../support/staff.js';

let house: House;

beforeAll(async () => {
	house = await openHouse({ world: { patience: 20_000 } });
});
afterAll(async () => {
	await house.discord.expectNoFaults();
	await house[Symbol.asyncDispose]();
});

const handlers = new URL('../../src/interaction-handlers/', import.meta.url);

/** Every id that a handler of the bot answers. */
async function everyId(): Promise<readonly CustomIdReader<unknown>[]> {
	for await (const file of glob('**/*.ts', { cwd: fileURLToPath(handlers) })) await import(/* @vite-ignore */ new URL(file, handlers).href);
	return [...customIds().values()];
}

/** Ids as a forger makes them up of what he knows: numbers, people, roles and messages of another server, and words. */
function* forged({ name, decode }: CustomIdReader<unknown>, known: readonly string[]): Generator<string> {
	let lists: readonly (readonly string[])[] = [[]];
	for (let length = 0; length < 4; length += 1) {
		lists = lists.flatMap((list) => (length < 3 ? known : known.slice(0, 4)).map((part) => [...list, part]));
		const wellFormed = lists.map((parts) => [name, ...parts].join(':')).filter((id) => id.length <= 100 && decode(id).ok);
		const stride = Math.max(1, Math.floor(wellFormed.length / 6));
		yield* wellFormed.filter((_, at) => at % stride === 0).slice(0, 6);
	}
}

const malformed = (name: string) => [
	name,
	`${name}:`,
	`${name}:1:1:1:1:1:1`,
	`${name}~99:1`,
	`${name}:-1:\u202E`,
	`${name}:${'z'.repeat(99 - name.length)}`
];

/** Messages of the bot in a channel with these ids on them, as buttons or as selects. */
async function boards(
	bot: Api,
	channel: { id: string },
	ids: readonly string[],
	kind: 'button' | 'select'
): Promise<{ id: string; board: SeenMessage }[]> {
	const size = kind === 'button' ? 25 : 5;
	const values = ['Administrator', 'prefixes', 'Europe/Paris', '0', '1'];
	const component = (id: string) =>
		kind === 'button'
			? { type: 2, style: 2, label: '.', custom_id: id }
			: { type: 3, custom_id: id, options: values.map((value) => ({ label: value, value })), max_values: 1 };
	const all = [];
	for (let at = 0; at < ids.length; at += size) {
		const own = ids.slice(at, at + size);
		const perRow = kind === 'button' ? 5 : 1;
		const rows = Array.from({ length: Math.ceil(own.length / perRow) }, (_, row) => ({
			type: 1,
			components: own.slice(row * perRow, (row + 1) * perRow).map(component)
		}));
		const board = readMessage(asObject(await bot.post(`/channels/${channel.id}/messages`, { content: 'board', components: rows })));
		all.push(...own.map((id) => ({ id, board })));
	}
	return all;
}

async function sideBySide<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
	const waiting = [...list];
	await Promise.all(
		Array.from({ length: 16 }, async () => {
			for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await work(one);
		})
	);
}

const press = (who: UserDriver, board: SeenMessage, id: string, kind: 'button' | 'select') =>
	kind === 'button' ? who.click(board, id) : who.select(board, id, ['Administrator']);

/** What is more than an answer for who pressed alone. */
const isEffect = ({ method, path }: { method: string; path: string }) => method !== 'GET' && !/^\/(?:interactions|webhooks)\//.test(path);

test('no id does anything for whom it was not made: of others, of other servers, made up or malformed', { timeout: 240_000 }, async () => {
	const home = await staffedServer(house, ['ana', 'bea', 'cleo', 'mallory']);
	const { owner, max, mia, general } = home;
	const [ana, bea, mallory] = [home.person('ana'), home.person('bea'), home.person('mallory')];
	// What there is to get at: cases, a reminder, pages, a question, a select of the owner.
	const { text } = await asks(max, general, `;mute ${home.person('cleo').mention} 2h spam`, /Case #1/);
	expect(text).toContain('spam');
	await asks(mia, general, `;ban ${bea.mention} raid`, /Case #2/);
	await asks(max, general, ';case 1', /spam/);
	await asks(ana, general, ';remind 1h tea', /./);
	await asks(ana, general, ';help prefix', /Page 1/);
	await asks(owner, general, ';fp edit Mods', /replaces it/);
	await asks(mallory, general, ';help', /./);
	await asks(ana, general, ';forgetme', /cannot be undone/);
	const sent = (await house.discord.requests(({ method }) => method === 'POST')).flatMap(({ body }) =>
		flatten(asObjects(asObject(asObject(body)['data'] ?? body)['components'])).flatMap(({ custom_id: id }) =>
			typeof id === 'string' ? [id] : []
		)
	);
	// Mallory's own things are his.
	const foreign = [...new Set(sent)].filter((id) => !id.includes(BigInt(mallory.id).toString(36)));
	expect(foreign.length).toBeGreaterThan(8);

	const eve = await house.discord.user('eve');
	const abroad: GuildHandle = await house.discord.guild({ owner: eve, members: [mallory], channels: ['general'] });
	const base36 = (id: string) => BigInt(id).toString(36);
	const known = [
		'1',
		'2',
		base36(ana.id),
		base36(home.role('Mods').id),
		base36(owner.id),
		base36(home.id),
		'yes',
		'no',
		'unban',
		'unmute',
		'next',
		'0'
	];
	const ids = await everyId();
	const bot = new Api(`${house.discord.description.api}/v10`, `Bot ${house.discord.description.botToken}`);

	// Which are buttons, and which selects: the others are forms, which nobody can send that was not shown one.
	const kinds = new Map<string, Set<'button' | 'select'>>();
	const of = (id: string) =>
		ids.find(({ decode }) => {
			const read = decode(id);
			return read.ok || read.code !== 'foreign';
		})?.name ?? '';
	const before = await rowsOf(house.database);
	const sentBefore = (await house.discord.requests()).length;
	for (const kind of ['button', 'select'] as const) {
		const probes = await boards(
			bot,
			abroad.channel('general'),
			ids.map(({ name }) => `${name}~99:1`),
			kind
		);
		await sideBySide(probes, async ({ id, board }) => {
			if (!(await press(eve, board, id, kind)).failed) kinds.set(of(id), new Set([...(kinds.get(of(id)) ?? []), kind]));
		});
	}
	expect(kinds.size).toBeGreaterThan(8);

	const made = ids.flatMap((id) => [...forged(id, known), ...malformed(id.name)]);
	const silent: string[] = [];
	let pressed = 0;
	for (const kind of ['button', 'select'] as const) {
		const own = [...new Set([...made, ...foreign])].filter((id) => kinds.get(of(id))?.has(kind));
		for (const [who, channel] of [
			[eve, abroad.channel('general')],
			[mallory, general]
		] as const) {
			const all = await boards(bot, channel, own, kind);
			// Twice: what is pressed again does no more.
			await sideBySide([...all, ...all.slice(0, 40)], async ({ id, board }) => {
				pressed += 1;
				const outcome = await press(who, board, id, kind);
				if (outcome.failed || (outcome.modal === null && !outcome.ephemeral && outcome.message?.id !== board.id))
					silent.push(`${kind} ${id} by ${who.name}: ${outcome.text}`);
			});
		}
	}
	expect(silent).toEqual([]);
	expect(pressed).toBeGreaterThan(300);
	const boardPosts = ({ path, body }: { path: string; body: Json | undefined }) =>
		path.endsWith('/messages') && asObject(body)['content'] === 'board';
	const effects = (await house.discord.requests()).slice(sentBefore).filter((entry) => isEffect(entry) && !boardPosts(entry));
	expect(effects.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)).toEqual([]);
	expect(await rowsOf(house.database)).toEqual(before);
});

test('a form that was opened while one might is refused once one may not any more', async () => {
	const server = await staffedServer(house, ['ana']);
	const { owner, max, general } = server;
	await asks(owner, general, `;mute ${server.person('ana').mention} 1h spam`, /Case #1/);
	const file = await asks(max, general, ';case 1', /spam/);
	const form = await max.click(file, 'case.edit:1');
	expect(form.modal).not.toBeNull();
	await owner.api.delete(`/guilds/${server.id}/members/${max.id}/roles/${server.role('Mods').id}`);
	const answer = await max.submitModal(form, { reason: 'not spam at all' });
	expect(answer).toMatchObject({ ephemeral: true });
	expect(answer.text).toContain('You need these permissions');
	const { prisma } = await house.database.open();
	expect(await prisma.moderationCase.findFirst({ where: { guildId: BigInt(server.id) } })).toMatchObject({ reason: 'spam' });
});

test('the same button pressed by two at once, and again later, takes an action back once', async () => {
	const server = await staffedServer(house, ['ana']);
	const { max, mia, admin, general } = server;
	const ana = server.person('ana');
	const banned = await asks(max, general, `;ban ${ana.mention} spam`, /was banned/);
	const presses = await Promise.all([max.click(banned, 'Undo'), mia.click(banned, 'Undo'), admin.click(banned, 'Undo')]);
	expect(presses.filter(({ text }) => text.includes('may come back'))).toHaveLength(1);
	const bot = new Api(`${house.discord.description.api}/v10`, `Bot ${house.discord.description.botToken}`);
	const [again] = await boards(bot, general, ['moderation.undo:1:unban'], 'button');
	if (again === undefined) throw new Error('No board');
	expect((await admin.click(again.board, again.id)).text).not.toContain('may come back');
	const unbans = await house.discord.requests(({ method, path }) => method === 'DELETE' && path === `/guilds/${server.id}/bans/${ana.id}`);
	expect(unbans).toHaveLength(1);
	const { prisma } = await house.database.open();
	expect(await prisma.moderationCase.count({ where: { guildId: BigInt(server.id), type: 'unban' } })).toBe(1);
});
