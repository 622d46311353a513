import { describe, expect, test } from 'vitest';
import { faultOf } from '../../../emulator/page/src/composer/optionRules.js';
import { type Command, commandData, leavesOf, OptionKind, search } from '../../../emulator/page/src/state/commands.js';

const text = { type: OptionKind.Text, name: 'text', description: 'What', required: true };
const commands: Command[] = [
	{ id: '1', version: '9', type: 1, name: 'remind', description: 'Remind me', options: [text] },
	{
		id: '2',
		version: '9',
		type: 1,
		name: 'role',
		description: 'Roles',
		options: [
			{ type: OptionKind.Sub, name: 'create', description: 'Make one', options: [text] },
			{
				type: OptionKind.Group,
				name: 'auto',
				description: 'By themselves',
				options: [{ type: OptionKind.Sub, name: 'add', description: 'Add one' }]
			}
		]
	},
	{ id: '3', version: '9', type: 2, name: 'Who is this', description: '' }
];
const leaves = leavesOf(commands);
const leaf = (words: string) => {
	const found = leaves.find((candidate) => candidate.words === words);
	if (found === undefined) throw new Error(`There is no ${words}`);
	return found;
};

describe('the picker', () => {
	test('lists what can be run: subcommands in place of their roots, nothing of the menus', () => {
		expect(leaves.map(({ words }) => words)).toEqual(['remind', 'role auto add', 'role create']);
	});

	test('puts first what begins as typed', () => {
		expect(search(leaves, 'r').map(({ words }) => words)).toEqual(['remind', 'role auto add', 'role create']);
		expect(search(leaves, 'CREATE').map(({ words }) => words)).toEqual(['role create']);
		expect(search(leaves, 'nothing')).toEqual([]);
	});

	test('sends a subcommand of a group inside both', () => {
		expect(commandData(leaf('role auto add'), [])).toMatchObject({
			id: '2',
			name: 'role',
			options: [{ type: OptionKind.Group, name: 'auto', options: [{ type: OptionKind.Sub, name: 'add', options: [] }] }]
		});
	});

	test('sends options of a plain command as they are, and names its files', () => {
		const given = [{ name: 'text', type: OptionKind.Text, value: 'tea' }];
		const file = new File(['x'], 'a.txt');
		expect(commandData(leaf('remind'), given, [file])).toMatchObject({ options: given, attachments: [{ id: '0', filename: 'a.txt' }] });
	});
});

describe('an option is refused before it is sent', () => {
	const number = { type: OptionKind.Integer, name: 'count', description: '', min_value: 1, max_value: 10 };

	test.each([
		[text, undefined, 'text: this option is needed.'],
		[text, '', 'text: this option is needed.'],
		[{ ...text, required: false }, '', null],
		[{ ...text, max_length: 3 }, 'four', 'text: at most 3 characters.'],
		[{ ...text, min_length: 3 }, 'no', 'text: at least 3 characters.'],
		[number, '1.5', 'count: give a whole number.'],
		[number, 'many', 'count: give a number.'],
		[number, '0', 'count: at least 1.'],
		[number, '11', 'count: at most 10.'],
		[number, '10', null],
		[{ ...number, type: OptionKind.Number }, '1.5', null]
	])('%o with %o: %s', (option, value, fault) => {
		expect(faultOf(option, value)).toBe(fault);
	});
});
