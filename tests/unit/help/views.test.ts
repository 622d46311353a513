import { describe, expect, test } from 'vitest';
import { Cooldowns } from '#lib/commands/guards/cooldowns.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { type Leaf, leafOf } from '#lib/commands/leaf.js';
import { optional, rest, text } from '#lib/commands/options/index.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { limits } from '#lib/discord/limits.js';
import { marks } from '#lib/discord/theme.js';
import { type CommandText, type Languages, loadLanguages } from '#lib/i18n/languages.js';
import { type Access, type Asker, accessOf, askerOutsideGuild } from '#modules/help/access.js';
import { commandView } from '#modules/help/commandView.js';
import { categorySelects, categoryView, menuView, type Wording } from '#modules/help/view.js';
import { outsideSentences, pseudoLanguages } from '../../support/pseudoLocale.js';
import { recordingLogger } from '../../support/recordingLogger.js';

const run = async () => undefined;
const brewText: CommandText = {
	description: 'Makes tea',
	details: 'At once.',
	examples: ['tea green'],
	options: { kind: 'Which tea', note: 'A note' }
};
const brew = leafOf({
	id: 'tea.brew',
	name: 'tea',
	aliases: ['brew'],
	slash: 'tea brew',
	options: { kind: text(), note: optional(rest()) },
	permissions: { member: ['ManageGuild'], bot: ['ManageRoles'] },
	cooldown: { uses: 1, seconds: 30, scope: 'guild' },
	run
});
const open: Access = { state: 'open', reason: null };

function wording(languages: Languages = loadLanguages(), locale = 'en-US'): Wording {
	const withTea = { ...languages, command: () => brewText };
	return { t: languages.translator(locale), locale, languages: withTea, prefix: '!' };
}

const fields = (leaf: Leaf, access: Access = open) =>
	Object.fromEntries((commandView(leaf, access, 'Tea', wording()).fields ?? []).map(({ name, value }) => [name, value]));

describe('the page of a command', () => {
	test('says everything that its definition knows', () => {
		expect(fields(brew)).toEqual({
			Usage: '```\n!tea <kind> [note…]\n```',
			'What to give': '`kind` Which tea\n`note` A note',
			Example: '```\n!tea green\n```',
			'Other names': '`brew`',
			'You need': 'Manage Server',
			'I need': 'Manage Roles',
			Cooldown: 'Once in 30 seconds per server',
			'Slash command': '`/tea brew kind: [note:]`',
			'Works in': 'Servers'
		});
	});

	test('leaves out what there is not', () => {
		const plain = leafOf({ id: 'tea.plain', name: 'plain', where: 'both', slash: { none: 'a test' }, run });
		expect(fields(plain)).toMatchObject({ 'You need': 'Nothing', 'Slash command': 'None', Cooldown: '3 uses in 5 seconds' });
		expect(Object.keys(fields(plain))).not.toContain('I need');
	});

	test('names the staff a staff command is for', () => {
		const owners = leafOf({
			id: 'tea.own',
			name: 'own',
			slash: { none: 'a test' },
			permissions: { staff: 'owner' },
			cooldown: 'expensive',
			run
		});
		expect(fields(owners)).toMatchObject({ 'You need': 'To own this bot', Cooldown: 'Once in 5 seconds, in all servers together' });
	});

	test('says why somebody cannot use it', () => {
		const reason = { module: 'commands', code: 'missing-permissions', values: { permissions: 'ManageGuild' } };
		const locked = commandView(brew, { state: 'locked', reason }, 'Tea', wording());
		expect(locked.description).toBe(`Makes tea\n\nAt once.\n\n${marks.locked} You need these permissions for that: Manage Server.`);
		expect(commandView(brew, { state: 'off', reason }, 'Tea', wording()).description).toContain(marks.off);
	});
});

describe('a category', () => {
	const entries = (count: number) =>
		Array.from({ length: count }, (_, number) => ({ leaf: { ...brew, path: `tea with number ${number}` }, access: open }));

	test('lists its commands with what they do and marks what is not for the reader', () => {
		const view = categoryView(
			'Tea',
			[
				{ leaf: brew, access: open },
				{ leaf: brew, access: { state: 'locked', reason: null } }
			],
			wording()
		);
		expect(view.description).toBe(`\`!tea\` Makes tea\n${marks.locked} \`!tea\` Makes tea`);
		expect(view.footer?.text).toBe('2 commands');
	});

	test('with very many commands still names them all', () => {
		const { description = '' } = categoryView('Tea', entries(150), wording());
		expect(description.length).toBeLessThanOrEqual(limits.description);
		expect(description.split(', ')).toHaveLength(150);
	});
});

describe('the menu', () => {
	const categories = (count: number) =>
		Array.from({ length: count }, (_, number) => ({ module: `m${number}`, name: `Category ${number}` }));
	const links = { commands: 'https://example.com/commands', support: 'https://example.com/support', invite: 'https://example.com/invite' };

	test('has a select for each 25 categories, each with an id of its own', () => {
		const rows = categorySelects(categories(41), '1', wording().t);
		expect(rows.map((row) => row.components[0]?.options.length)).toEqual([25, 16]);
		expect(new Set(rows.map((row) => row.components[0]?.custom_id)).size).toBe(2);
		expect(categorySelects(categories(25), '1', wording().t)).toHaveLength(1);
	});

	test('shows the links that are configured', () => {
		const page = { avatar: 'https://example.com/a.png', commands: 959, categories: 41, links };
		expect(menuView(page, wording()).description).toContain('[Support server](https://example.com/support)');
		const without = menuView({ ...page, links: { ...links, commands: null, support: null } }, wording()).description;
		expect(without).toContain('[Invite me]');
		expect(without).not.toContain('Support server');
	});

	test('every word of every page comes from the language files', () => {
		const pseudo = wording(pseudoLanguages(), 'en-XA');
		const menu = menuView({ avatar: 'a', commands: 1, categories: 1, links }, pseudo);
		const page = commandView(brew, open, 'Tea', pseudo);
		const texts = [menu.title, menu.description, page.footer?.text, ...(page.fields ?? []).map(({ name }) => name)];
		for (const said of texts) expect(outsideSentences(said ?? '').replace(/[\s・]/g, '')).toBe('');
	});
});

describe('who may use a command', () => {
	const kit = () => ({
		policies: new GuardPolicies(),
		cooldowns: new Cooldowns(memoryKeyValue({ logger: recordingLogger() }), { now: () => 1_000_000 }),
		staff: { owners: new Set(['boss']), staff: new Set<string>() }
	});
	const asker: Asker = { ...askerOutsideGuild('ana', 'c'), guildId: '1', guildOwnerId: 'olga' };

	test('is decided by the guards themselves', async () => {
		expect(await accessOf(brew, asker, kit())).toMatchObject({ state: 'locked', reason: { code: 'missing-permissions' } });
		expect(await accessOf(brew, { ...asker, memberPermissions: 1n << 5n }, kit())).toEqual(open);
		expect(await accessOf(brew, { ...asker, userId: 'olga' }, kit())).toEqual(open);
	});

	test('what is switched off is off for everybody', async () => {
		const switched = kit();
		switched.policies.register('commandEnabled', ({ leaf }) => (leaf.id === brew.id ? { module: 'commands', code: 'off' } : null));
		expect(await accessOf(brew, { ...asker, userId: 'olga' }, switched)).toMatchObject({ state: 'off' });
	});

	test('looking does not use up a cooldown', async () => {
		const looked = kit();
		for (let time = 0; time < 20; time++) await accessOf(brew, { ...asker, userId: 'olga' }, looked);
		expect(await looked.cooldowns.use(brew, { userId: 'olga', guildId: '1', channelId: 'c' })).toBeNull();
	});
});
