import { describe, expect, test } from 'vitest';
import { checkRules, rules } from '../../../emulator/rules/index.js';
import { namedOperations } from '../../../emulator/spec/operationTable.js';

const now = Date.parse('2024-06-01T00:00:00Z');
const V2 = 1 << 15;
const button = (fields: object) => ({ type: 2, style: 1, label: 'x', custom_id: 'a', ...fields });
const row = (...components: object[]) => ({ type: 1, components });
const select = (fields: object) => ({ type: 3, custom_id: 's', options: [{ label: 'a', value: 'a' }], ...fields });
const text = (content: string) => ({ type: 10, content });

/** Paths of the faults, e.g. `embeds.0.title CODE`; a specific refusal as its number. */
function faultsOf(operation: string, body: unknown, context: object = {}): string[] {
	const error = checkRules(operation, body, { now, ...context });
	if (error === null) return [];
	if (error.errors === null) return [String(error.code)];
	const walk = (node: unknown, path: string): string[] => {
		if (typeof node !== 'object' || node === null) return [];
		return Object.entries(node).flatMap(([key, inner]) => {
			if (key !== '_errors') return walk(inner, path === '' ? key : `${path}.${key}`);
			return Array.isArray(inner) ? inner.map((fault) => `${path} ${fault.code}`.trim()) : [];
		});
	};
	return walk(error.errors, '');
}

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

describe('messages', () => {
	test.each<Case>([
		['2000 characters', { content: 'x'.repeat(2000) }, []],
		['2001 characters', { content: 'x'.repeat(2001) }, ['content BASE_TYPE_MAX_LENGTH']],
		['2000 emojis, which are two units each', { content: '😀'.repeat(2000) }, []],
		['nothing', {}, ['50006']],
		['only white space', { content: ' \n ' }, ['50006']],
		['empty lists', { content: null, embeds: [], components: [] }, ['50006']],
		['a file alone', {}, [], { fileCount: 1 }],
		['a sticker alone', { sticker_ids: ['1'] }, []],
		['a poll alone', { poll: { question: { text: 'a' }, answers: [] } }, []],
		['a forward', { message_reference: { type: 1, message_id: '1', channel_id: '1' } }, []],
		['a reply without words', { message_reference: { message_id: '1' } }, ['50006']],
		['6000 characters in embeds', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2000) }] }, []],
		[
			'6001 characters in embeds',
			{ embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
			['embeds MAX_EMBED_SIZE_EXCEEDED']
		],
		[
			'6001 characters counted over all parts',
			{
				embeds: [
					{
						title: 'x'.repeat(1),
						description: 'x'.repeat(3000),
						footer: { text: 'x'.repeat(1000) },
						author: { name: 'x'.repeat(200) },
						fields: [
							{ name: 'x'.repeat(200), value: 'x'.repeat(800) },
							{ name: 'x'.repeat(200), value: 'x'.repeat(600) }
						]
					}
				]
			},
			['embeds MAX_EMBED_SIZE_EXCEEDED']
		],
		['an embed with nothing but a colour', { embeds: [{ color: 5 }] }, ['embeds.0.description BASE_TYPE_REQUIRED']],
		[
			'a field without a value',
			{ embeds: [{ title: 'a', fields: [{ name: 'a', value: ' ' }] }] },
			['embeds.0.fields.0.value BASE_TYPE_REQUIRED']
		],
		['a picture from an attachment', { embeds: [{ image: { url: 'attachment://a.png' } }] }, []],
		['a link to an attachment', { embeds: [{ title: 'a', url: 'attachment://a.png' }] }, ['embeds.0.url URL_TYPE_INVALID_SCHEME']],
		['a script as picture', { embeds: [{ image: { url: 'javascript:x' } }] }, ['embeds.0.image.url URL_TYPE_INVALID_SCHEME']],
		[
			'users parsed and listed',
			{ content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
			['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE']
		],
		['roles parsed and users listed', { content: 'a', allowed_mentions: { parse: ['roles'], users: ['1'] } }, []],
		['a flag that is not ours to set', { content: 'a', flags: 1 }, ['flags BASE_TYPE_BAD_INT']],
		['silent', { content: 'a', flags: 4096 }, []],
		['enforced nonce without one', { content: 'a', enforce_nonce: true }, ['nonce BASE_TYPE_REQUIRED']],
		['enforced nonce', { content: 'a', enforce_nonce: true, nonce: '1' }, []]
	])('%s', (_, body, faults, context) => {
		expect(faultsOf('create_message', body, context)).toEqual(faults);
	});

	test('an edit may leave everything as it is', () => {
		expect(faultsOf('update_message', {})).toEqual([]);
		expect(faultsOf('update_message', { content: 'x'.repeat(2001) })).toEqual(['content BASE_TYPE_MAX_LENGTH']);
	});

	test('an answer to an interaction is judged under data', () => {
		expect(faultsOf('create_interaction_response', { type: 4, data: { content: 'x'.repeat(2001) } })).toEqual([
			'data.content BASE_TYPE_MAX_LENGTH'
		]);
		expect(faultsOf('create_interaction_response', { type: 4, data: {} })).toEqual(['50006']);
		expect(faultsOf('create_interaction_response', { type: 7, data: {} })).toEqual([]);
		expect(faultsOf('create_interaction_response', { type: 5, data: { flags: 64 } })).toEqual([]);
	});

	test('the first post of a forum thread is judged under message', () => {
		expect(faultsOf('create_thread', { name: 'a', message: { content: '' } })).toEqual(['50006']);
		expect(faultsOf('create_thread', { name: 'a' })).toEqual([]);
	});

	test('a webhook is not called after Discord', () => {
		expect(faultsOf('create_webhook', { name: 'My Discord hook' })).toEqual(['name USERNAME_INVALID_CONTAINS']);
		expect(faultsOf('execute_webhook', { content: 'a', username: 'CLYDE' })).toEqual(['username USERNAME_INVALID_CONTAINS']);
	});
});

describe('components', () => {
	test.each<Case>([
		['five rows', { components: [1, 2, 3, 4, 5].map((n) => row(button({ custom_id: `${n}` }))) }, []],
		['six rows', { components: [1, 2, 3, 4, 5, 6].map((n) => row(button({ custom_id: `${n}` }))) }, ['components BASE_TYPE_BAD_LENGTH']],
		['five buttons', { components: [row(...[1, 2, 3, 4, 5].map((n) => button({ custom_id: `${n}` })))] }, []],
		[
			'six buttons',
			{ components: [row(...[1, 2, 3, 4, 5, 6].map((n) => button({ custom_id: `${n}` })))] },
			['components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED']
		],
		[
			'a select beside a button',
			{ components: [row(select({}), button({}))] },
			['components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED']
		],
		[
			'one custom id twice',
			{ components: [row(button({}), button({}))] },
			[
				'components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
				'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'
			]
		],
		[
			'custom id and url',
			{ components: [row(button({ url: 'https://a.b' }))] },
			['components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE']
		],
		['no custom id', { components: [row(button({ custom_id: undefined }))] }, ['components.0.components.0.custom_id BASE_TYPE_REQUIRED']],
		['a link', { components: [row({ type: 2, style: 5, label: 'a', url: 'https://a.b' })] }, []],
		['a link without url', { components: [row({ type: 2, style: 5, label: 'a' })] }, ['components.0.components.0.url BASE_TYPE_REQUIRED']],
		[
			'neither label nor emoji',
			{ components: [row({ type: 2, style: 1, custom_id: 'a' })] },
			['components.0.components.0.label BUTTON_COMPONENT_INVALID_EMOJI']
		],
		[
			'more least than most',
			{ components: [row({ type: 5, custom_id: 'a', min_values: 3, max_values: 2 })] },
			['components.0.components.0.min_values BASE_TYPE_BAD_INT']
		],
		[
			'more values than options',
			{ components: [row(select({ max_values: 2 }))] },
			['components.0.components.0.max_values SELECT_COMPONENT_MAX_VALUES_EXCEEDED']
		],
		[
			'an option value twice',
			{
				components: [
					row(
						select({
							options: [
								{ label: 'a', value: 'v' },
								{ label: 'b', value: 'v' }
							]
						})
					)
				]
			},
			['components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED']
		],
		[
			'two defaults for one value',
			{
				components: [
					row(
						select({
							options: [
								{ label: 'a', value: 'a', default: true },
								{ label: 'b', value: 'b', default: true }
							]
						})
					)
				]
			},
			['components.0.components.0.options SELECT_COMPONENT_TOO_MANY_DEFAULTS']
		],
		['a text display without the flag', { components: [text('a')] }, ['components.0.type UNION_TYPE_CHOICES']],
		['a text display with the flag', { flags: V2, components: [text('a')] }, []],
		[
			'content with the flag',
			{ flags: V2, content: 'a', components: [text('a')] },
			['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']
		],
		[
			'embeds with the flag',
			{ flags: V2, embeds: [{ title: 'a' }], components: [text('a')] },
			['embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']
		],
		[
			'40 components, nested ones counted',
			{ flags: V2, components: [{ type: 17, components: Array.from({ length: 39 }, () => text('a')) }] },
			[]
		],
		[
			'41 components',
			{ flags: V2, components: [{ type: 17, components: Array.from({ length: 40 }, () => text('a')) }] },
			['components BASE_TYPE_BAD_LENGTH']
		],
		[
			'4001 characters in two texts',
			{ flags: V2, components: [text('x'.repeat(4000)), text('x')] },
			['components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED']
		],
		[
			'a custom id twice across an accessory',
			{ flags: V2, components: [{ type: 9, components: [text('a')], accessory: button({}) }, row(button({}))] },
			[
				'components.0.accessory.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
				'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'
			]
		]
	])('%s', (_, body, faults) => {
		expect(faultsOf('create_message', { content: undefined, ...(body as object) }).toSorted()).toEqual(faults.toSorted());
	});
});

describe('modals and autocomplete', () => {
	const modal = (...components: object[]) => ({ type: 9, data: { custom_id: 'm', title: 't', components } });
	const input = (fields: object) => row({ type: 4, custom_id: 'i', style: 1, label: 'l', ...fields });
	test.each<Case>([
		['one input', modal(input({})), []],
		['six rows', modal(...[1, 2, 3, 4, 5, 6].map((n) => input({ custom_id: `${n}` }))), ['data.components BASE_TYPE_BAD_LENGTH']],
		[
			'one input twice',
			modal(input({}), input({})),
			[
				'data.components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
				'data.components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'
			]
		],
		['no label', modal(input({ label: undefined })), ['data.components.0.components.0.label BASE_TYPE_REQUIRED']],
		['label around', modal({ type: 18, label: 'l', component: { type: 4, custom_id: 'i', style: 1 } }), []],
		['least above most', modal(input({ min_length: 5, max_length: 4 })), ['data.components.0.components.0.min_length BASE_TYPE_BAD_INT']],
		[
			'a value that is too long',
			modal(input({ max_length: 4, value: 'abcde' })),
			['data.components.0.components.0.value BASE_TYPE_BAD_LENGTH']
		],
		['a choice of 100', { type: 8, data: { choices: [{ name: 'a', value: 'x'.repeat(100) }] } }, []],
		[
			'a choice of 101',
			{ type: 8, data: { choices: [{ name: 'a', value: 'x'.repeat(101) }] } },
			['data.choices.0.value BASE_TYPE_MAX_LENGTH']
		]
	])('%s', (_, body, faults) => {
		expect(faultsOf('create_interaction_response', body).toSorted()).toEqual(faults.toSorted());
	});
});

describe('commands', () => {
	const command = (fields: object = {}) => ({ name: 'ping', description: 'Pong', ...fields });
	const option = (fields: object = {}) => ({ type: 3, name: 'a', description: 'b', ...fields });
	test.each<Case>([
		['a plain command', command(), []],
		['capitals', command({ name: 'Ping' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
		['a space', command({ name: 'a b' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
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
