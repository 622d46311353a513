import { describe, expect, test } from 'vitest';
import { checkRules, rules } from '../../../emulator/rules/index.js';
import { namedOperations } from '../../../emulator/spec/operationTable.js';
import { faultsOf, now } from './faultsOf.js';

type Case = [title: string, body: unknown, faults: string[], context?: object];

describe('rules', () => {
	test('each names a page of the documentation and operations that exist', () => {
		const ids = new Set(namedOperations.map(({ id }) => id));
		for (const { name, page, operations } of rules) {
			expect(page, name).toMatch(/^[a-z-]+\/?[a-z#-]+/);
			expect(
				operations.filter((operation) => !ids.has(operation)),
				name
			).toEqual([]);
		}
	});

	test('an operation without rules passes', () => {
		expect(checkRules('get_my_user', undefined, { now })).toBeNull();
	});
});

describe('commands', () => {
	const command = (fields: object = {}) => ({ name: 'ping', description: 'Pong', ...fields });
	const option = (fields: object = {}) => ({ type: 3, name: 'a', description: 'b', ...fields });
	test.each<Case>([
		['a plain command', command(), []],
		['capitals', command({ name: 'Ping' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
		['a space', command({ name: 'a b' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
		['a name in another language', command({ name_localizations: { de: 'größe', fr: null } }), []],
		[
			'capitals in another language',
			command({ name_localizations: { de: 'Größe' } }),
			['name_localizations.de APPLICATION_COMMAND_INVALID_NAME']
		],
		[
			'a space in the translation of an option',
			command({ options: [option({ name_localizations: { de: 'a b' } })] }),
			['options.0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME']
		],
		['a translated context menu', { type: 2, name: 'Show Avatar', name_localizations: { de: 'Bild zeigen' } }, []],
		[
			'a language Discord does not have',
			command({ description_localizations: { pt: 'a' } }),
			['description_localizations.pt BASE_TYPE_CHOICES']
		],
		['another script', command({ name: 'пинг' }), []],
		['a context menu with capitals and a space', { type: 2, name: 'Show Avatar' }, []],
		[
			'a context menu with a description',
			{ type: 2, name: 'Avatar', description: 'x' },
			['description APPLICATION_COMMAND_DESCRIPTION_NOT_EMPTY']
		],
		['a context menu with options', { type: 3, name: 'Avatar', options: [option()] }, ['options APPLICATION_COMMAND_OPTIONS_NOT_EMPTY']],
		['no description', command({ description: '' }), ['description BASE_TYPE_REQUIRED']],
		[
			'required after optional',
			command({ options: [option(), option({ name: 'b', required: true })] }),
			['options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID']
		],
		['required before optional', command({ options: [option({ required: true }), option({ name: 'b' })] }), []],
		[
			'required after optional in a subcommand',
			command({ options: [{ type: 1, name: 's', description: 'd', options: [option(), option({ name: 'b', required: true })] }] }),
			['options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID']
		],
		['two options of one name', command({ options: [option(), option()] }), ['options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_USED']],
		[
			'a subcommand beside an option',
			command({ options: [{ type: 1, name: 's', description: 'd' }, option()] }),
			['options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID']
		],
		[
			'a group in a group',
			command({ options: [{ type: 2, name: 'g', description: 'd', options: [{ type: 2, name: 'h', description: 'd' }] }] }),
			['options.0.options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID']
		],
		[
			'a group of options',
			command({ options: [{ type: 2, name: 'g', description: 'd', options: [option()] }] }),
			['options.0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID']
		],
		[
			'a subcommand in a group',
			command({ options: [{ type: 2, name: 'g', description: 'd', options: [{ type: 1, name: 's', description: 'd' }] }] }),
			[]
		],
		[
			'choices with autocomplete',
			command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
			['options.0.choices APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE']
		],
		[
			'a choice twice',
			command({
				options: [
					option({
						choices: [
							{ name: 'a', value: 'a' },
							{ name: 'a', value: 'b' }
						]
					})
				]
			}),
			['options.0.choices APPLICATION_COMMAND_OPTIONS_CHOICE_ALREADY_USED']
		],
		['least above most', command({ options: [option({ type: 4, min_value: 5, max_value: 4 })] }), ['options.0.min_value NUMBER_TYPE_MAX']]
	])('%s', (_, body, faults) => {
		expect(faultsOf('create_application_command', body)).toEqual(faults);
	});

	const choices = (count: number) =>
		Array.from({ length: 25 }, (_, n) =>
			option({
				name: `o${n}`,
				description: 'x'.repeat(100),
				choices: Array.from({ length: count }, (__, c) => ({ name: `${c}`.padEnd(100, 'n'), value: `${c}`.padEnd(100, 'v') }))
			})
		);
	test('8000 characters are counted over options and choices, translations by their longest', () => {
		expect(faultsOf('create_application_command', command({ options: choices(1) }))).toEqual([]);
		expect(faultsOf('create_application_command', command({ options: choices(2) }))).toEqual(['APPLICATION_COMMAND_TOO_LARGE']);
		const translated = choices(1).map((each) => ({ ...each, name_localizations: { de: 'x'.repeat(32), fr: 'y'.repeat(32) } }));
		expect(faultsOf('create_application_command', command({ options: translated }))).toEqual(['APPLICATION_COMMAND_TOO_LARGE']);
	});

	test('in a list faults stand under their index', () => {
		expect(faultsOf('bulk_set_application_commands', [command(), command({ name: 'B' })])).toEqual([
			'1.name APPLICATION_COMMAND_INVALID_NAME'
		]);
		expect(faultsOf('bulk_set_application_commands', [command(), command()])).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME']);
		expect(faultsOf('bulk_set_application_commands', [command(), { type: 2, name: 'ping' }])).toEqual([]);
	});

	test.each([
		[1, 100, []],
		[1, 101, ['30032']],
		[2, 15, []],
		[2, 16, ['30032']],
		[3, 16, ['30032']]
	])('type %i times %i gives %j', (type, count, faults) => {
		const list = Array.from({ length: count }, (_, n) => (type === 1 ? command({ name: `c${n}` }) : { type, name: `c${n}` }));
		expect(faultsOf('bulk_set_guild_application_commands', list)).toEqual(faults);
	});
});

describe('servers', () => {
	const day = 24 * 3_600_000;
	const iso = (ms: number) => new Date(ms).toISOString();
	test.each<[string, string, unknown, string[], object?]>([
		['topic of 1024', 'create_guild_channel', { name: 'a', topic: 'x'.repeat(1024) }, []],
		['topic of 1025', 'create_guild_channel', { name: 'a', topic: 'x'.repeat(1025) }, ['topic BASE_TYPE_MAX_LENGTH']],
		['topic of 4096 in a forum', 'update_channel', { topic: 'x'.repeat(4096) }, [], { channelType: 15 }],
		['topic of 1025 in a text channel', 'update_channel', { topic: 'x'.repeat(1025) }, ['topic BASE_TYPE_MAX_LENGTH'], { channelType: 0 }],
		['a name of blanks', 'update_channel', { name: ' ' }, ['name BASE_TYPE_BAD_LENGTH']],
		['a name of 101', 'create_thread', { name: 'x'.repeat(101) }, ['name BASE_TYPE_BAD_LENGTH']],
		['slow mode of 21601', 'update_channel', { rate_limit_per_user: 21_601 }, ['rate_limit_per_user NUMBER_TYPE_MAX']],
		['100 seats', 'update_channel', { user_limit: 100 }, ['user_limit NUMBER_TYPE_MAX'], { channelType: 2 }],
		['100 seats on a stage', 'update_channel', { user_limit: 100 }, [], { channelType: 13 }],
		['text to announcement', 'update_channel', { type: 5 }, [], { channelType: 0 }],
		['text to voice', 'update_channel', { type: 2 }, ['type BASE_TYPE_CHOICES'], { channelType: 0 }],
		['a category in a category', 'create_guild_channel', { name: 'a', type: 4, parent_id: '1' }, ['parent_id CHANNEL_PARENT_INVALID_TYPE']],
		[
			'an overwrite twice',
			'create_guild_channel',
			{ name: 'a', permission_overwrites: [{ id: '1' }, { id: '1' }] },
			['permission_overwrites.1.id OVERWRITE_DUPLICATED']
		],
		['one tag twice', 'create_guild_channel', { name: 'a', type: 15, available_tags: [{ name: 'x' }, { name: 'x' }] }, ['40061']],
		['28 days of silence', 'update_guild_member', { communication_disabled_until: iso(now + 28 * day) }, []],
		[
			'a moment more',
			'update_guild_member',
			{ communication_disabled_until: iso(now + 28 * day + 1) },
			['communication_disabled_until COMMUNICATION_DISABLED_UNTIL_TOO_LONG']
		],
		['lifting a time-out', 'update_guild_member', { communication_disabled_until: null }, []],
		['an emoji with a dash', 'create_guild_emoji', { name: 'a-b' }, ['name STRING_TYPE_REGEX']],
		['a picture by address', 'create_webhook', { name: 'a', avatar: 'https://a.b/c.png' }, ['avatar IMAGE_INVALID']],
		['a picture as data', 'create_webhook', { name: 'a', avatar: 'data:image/png;base64,AAAA' }, []],
		[
			'an event in the past',
			'create_guild_scheduled_event',
			{ entity_type: 2, scheduled_start_time: iso(now - 1) },
			['scheduled_start_time GUILD_SCHEDULED_EVENT_SCHEDULE_PAST']
		],
		[
			'an event nowhere',
			'create_guild_scheduled_event',
			{ entity_type: 3, scheduled_start_time: iso(now + 1), scheduled_end_time: iso(now + 2) },
			['entity_metadata.location BASE_TYPE_REQUIRED']
		]
	])('%s', (_, operation, body, faults, context) => {
		expect(faultsOf(operation, body, context)).toEqual(faults);
	});
});
