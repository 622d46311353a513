import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { sub, subgroup } from '#lib/commands/definition.js';
import { type Leaf, leavesOf } from '#lib/commands/leaf.js';
import { attachment, choice, duration, integer, optional, rest, user } from '#lib/commands/options/index.js';
import { SlashIndex } from '#lib/commands/slash/slashIndex.js';
import { applicationCommands, rootPermissions } from '#lib/commands/slash/slashJson.js';
import { closest } from '#lib/commands/suggest.js';
import { slashUsage, usage } from '#lib/commands/usage.js';
import type { CommandText, Languages } from '#lib/i18n/languages.js';
import { aLeaf } from './support.js';

const run = async () => undefined;

/** Says something about everything. */
const languages = {
	locales: ['en-US'],
	command: (id: string): CommandText => ({
		description: `About ${id}`,
		examples: [],
		options: new Proxy({}, { get: (_, name) => `The ${String(name)}` })
	}),
	resource: () => ({ roots: { mod: 'Moderation', 'mod-case': 'Cases' } })
} as unknown as Languages;

const json = (...leaves: Leaf[]) => applicationCommands(leaves, [], languages);

describe('a command of its own', () => {
	test('asks for what is required first, in names that Discord takes', () => {
		const leaf = aLeaf({
			slash: 'remind',
			where: 'both',
			options: { inDm: optional(choice(['yes', 'no'])), when: duration(), what: rest({ max: 100 }), proof: optional(attachment()) }
		});
		expect(json(leaf)).toMatchObject([
			{
				name: 'remind',
				description: 'About test.command',
				contexts: [0, 1, 2],
				integration_types: [0, 1],
				options: [
					{ name: 'when', type: 3, required: true },
					{ name: 'what', type: 3, required: true, max_length: 100, description: 'The what' },
					{
						name: 'in_dm',
						type: 3,
						required: false,
						choices: [
							{ name: 'yes', value: 'yes' },
							{ name: 'no', value: 'no' }
						]
					},
					{ name: 'proof', type: 11, required: false }
				]
			}
		]);
	});

	test('for servers only is shown in servers only', () => {
		expect(json(aLeaf({ slash: 'ban' }))).toMatchObject([{ contexts: [0], integration_types: [0] }]);
	});
});

describe('a root of several commands', () => {
	const group = leavesOf({
		id: 'moderation.case',
		name: 'case',
		default: sub({
			name: 'view',
			slash: 'mod view',
			options: { number: integer({ min: 1 }) },
			permissions: { member: ['BanMembers', 'KickMembers'] },
			run
		}),
		subcommands: {
			edit: sub({ slash: 'mod case edit', permissions: { member: ['BanMembers'] }, run }),
			notes: subgroup({
				subcommands: { add: sub({ slash: 'mod case note', permissions: { member: ['BanMembers', 'ManageGuild'] }, run }) }
			})
		}
	});

	test('is assembled from leaves, with groups, and hidden from who may use none of it', () => {
		const [root] = json(...group.leaves);
		expect(root).toMatchObject({
			name: 'mod',
			description: 'Moderation',
			default_member_permissions: String(1 << 2),
			options: [
				{ type: 1, name: 'view', options: [{ name: 'number', min_value: 1 }] },
				{ type: 2, name: 'case', description: 'Cases', options: [{ name: 'edit' }, { name: 'note' }] }
			]
		});
	});

	test('two leaves in one place stop the start, and both are named', () => {
		const one = aLeaf({ id: 'a.one', slash: 'mod view' });
		const two = aLeaf({ id: 'b.two', slash: 'mod view' });
		expect(() => new SlashIndex([one, two], new Map())).toThrow(/a\.one.*b\.two/);
	});

	test('a root cannot be a command and hold commands', () => {
		expect(() => json(aLeaf({ id: 'a.one', slash: 'mod' }), aLeaf({ id: 'a.two', slash: 'mod view' }))).toThrow(/\/mod is a command/);
	});
});

test('a frequent command may have a root of its own besides', () => {
	expect(json(aLeaf({ slash: 'mod ban', alsoRoot: 'ban' })).map(({ name }) => name)).toEqual(['ban', 'mod']);
});

describe('usage', () => {
	test('says what is needed, what can be left out, and what can be picked', () => {
		const leaf = aLeaf({ name: 'remind', options: { who: user(), unit: optional(choice(['m', 'h'])), text: rest() }, slash: 'mod remind' });
		expect(usage(leaf, '!')).toBe('!remind <who> [m|h] <text…>');
		expect(slashUsage(leaf)).toBe('/mod remind who: [unit:] text:');
		expect(slashUsage(aLeaf())).toBeNull();
	});
});

test('near misses are found, the nearest first, and far ones are not', () => {
	const names = ['remind', 'reminder add', 'prefix', 'ping'];
	expect(closest('remnd', names, 2)[0]).toBe('remind');
	expect(closest('pingg', names, 3)).toEqual(['ping']);
	expect(closest('pign', names, 3)).toEqual(['ping']);
	expect(closest('something else', names, 3)).toEqual([]);
});

describe('who sees a root', () => {
	const { Administrator, ManageGuild } = PermissionFlagsBits;
	const leaf = (member: readonly ('Administrator' | 'ManageGuild')[], guildOwner = false) => aLeaf({ permissions: { member, guildOwner } });

	test.each([
		['everybody, when one command is for everybody', [leaf(['ManageGuild']), leaf([])], 0n],
		['who holds what all ask for', [leaf(['ManageGuild']), leaf(['ManageGuild'])], ManageGuild],
		['not only administrators, when not all is theirs', [leaf(['Administrator']), leaf(['ManageGuild']), leaf([], true)], ManageGuild],
		['administrators, when all is theirs or the owner’s', [leaf(['Administrator']), leaf([], true)], Administrator]
	])('%s', (_, leaves, expected) => {
		expect(rootPermissions(leaves)).toBe(expected);
	});
});

test('what comes after the rest of the line is no part of what is typed', () => {
	const leaf = aLeaf({
		name: 'remind',
		options: { when: duration(), text: rest(), inDm: optional(choice(['yes', 'no'])) },
		slash: 'remind'
	});
	expect(usage(leaf, ';')).toBe(';remind <when> <text…>');
	expect(slashUsage(leaf)).toBe('/remind when: text: [in_dm:]');
});
