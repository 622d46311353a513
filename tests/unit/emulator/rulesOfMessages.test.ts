import { describe, expect, test } from 'vitest';
import { faultsOf } from './faultsOf.js';

const V2 = 1 << 15;
const button = (fields: object) => ({ type: 2, style: 1, label: 'x', custom_id: 'a', ...fields });
const row = (...components: object[]) => ({ type: 1, components });
const select = (fields: object) => ({ type: 3, custom_id: 's', options: [{ label: 'a', value: 'a' }], ...fields });
const text = (content: string) => ({ type: 10, content });

type Case = [title: string, body: unknown, faults: string[], context?: object];

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
			'an emoji that is a word',
			{ components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'x', emoji: { name: 'smile' } }] }] },
			['components.0.components.0.emoji.name COMPONENT_INVALID_EMOJI']
		],
		[
			'a custom emoji that is gone',
			{
				components: [
					{ type: 1, components: [{ type: 3, custom_id: 'x', options: [{ label: 'a', value: 'a', emoji: { id: '1', name: 'a' } }] }] }
				]
			},
			['components.0.components.0.options.0.emoji.id COMPONENT_INVALID_EMOJI'],
			{ knowsEmoji: () => false }
		],
		[
			'a link that is none',
			{ components: [{ type: 1, components: [{ type: 2, style: 5, label: 'x', url: 'javascript:alert(1)' }] }] },
			['components.0.components.0.url URL_TYPE_INVALID_SCHEME']
		],
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
	])('%s', (_, body, faults, context) => {
		expect(faultsOf('create_message', { content: undefined, ...(body as object) }, context).toSorted()).toEqual(faults.toSorted());
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
