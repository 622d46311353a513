import { describe, expect, test } from 'vitest';
import { findDocument } from '../../../emulator/spec/document.js';
import { loadSpec, violationsToError } from '../../../emulator/spec/index.js';
import { OperationMatcher } from '../../../emulator/spec/matcher.js';
import { loadNamedSchemas } from '../../../emulator/spec/namedSchemas.js';
import { normaliseSchema } from '../../../emulator/spec/normalise.js';
import { namedOperations } from '../../../emulator/spec/operationTable.js';
import { openSpec } from './openSpec.js';

const messages = '/api/v10/channels/123456789012345678/messages';

describe('finding the operation', () => {
	const matcher = new OperationMatcher(namedOperations);
	test.each([
		['GET', '/users/@me', 'get_my_user'],
		['GET', '/users/123456789012345678', 'get_user'],
		['get', '/api/v10/users/@me?x=1', 'get_my_user'],
		['GET', '/guilds/templates/abc', 'get_guild_template'],
		['GET', '/guilds/1/bans', 'list_guild_bans'],
		['GET', '/webhooks/1/tok/messages/@original', 'get_original_webhook_message'],
		['GET', '/webhooks/1/tok/messages/2', 'get_webhook_message'],
		['PUT', '/channels/1/messages/2/reactions/%F0%9F%91%8D/@me', 'add_my_message_reaction'],
		['DELETE', '/channels/1/messages/2/reactions/a:3/4', 'delete_user_message_reaction'],
		['GET', '/applications/@me', 'get_my_application']
	])('%s %s is %s', (method, path, id) => {
		expect(matcher.match(method, path)?.operation.id).toBe(id);
	});

	test('reads the values of parameters, decoded', () => {
		expect(matcher.match('PUT', '/channels/1/messages/2/reactions/%F0%9F%91%8D/@me')?.parameters).toEqual({
			channel_id: '1',
			message_id: '2',
			emoji_name: '👍'
		});
	});

	test.each([
		['GET', '/nothing'],
		['POST', '/users/@me'],
		['GET', '/channels'],
		['GET', '/channels/1/messages/2/3']
	])('knows no %s %s', (method, path) => {
		expect(matcher.match(method, path)).toBeNull();
	});
});

describe('making the official schemas usable', () => {
	test('drops an empty enum, which would refuse everything', () => {
		expect(normaliseSchema({ type: 'string', enum: [] })).toEqual({ type: 'string' });
	});

	test('lets a permission bit field be digits as text', () => {
		const schema = normaliseSchema({ properties: { allow: { type: ['integer', 'null'] }, position: { type: 'integer' } } });
		expect(schema).toEqual({
			properties: {
				allow: { type: ['integer', 'null', 'string'], pattern: '^[0-9]{1,20}$', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
				position: { type: 'integer', maximum: Number.MAX_SAFE_INTEGER }
			}
		});
	});

	test('leaves a property that is called like a keyword alone', () => {
		expect(normaliseSchema({ properties: { oneOf: { type: 'string' }, description: { type: 'string' } } })).toEqual({
			properties: { oneOf: { type: 'string' }, description: { type: 'string' } }
		});
	});
});

describe('the form of an error', () => {
	test('two faults of one field stand side by side', () => {
		const fault = (at: string, message: string) => ({ kind: 'body', operation: 'x', at, message }) as const;
		const error = violationsToError([fault('/embeds/0/title', 'a'), fault('/embeds/0/title', 'b'), fault('', 'c')]);
		expect(error?.errors).toEqual({
			embeds: {
				0: {
					title: {
						_errors: [
							{ code: 'BASE_TYPE_BAD', message: 'a' },
							{ code: 'BASE_TYPE_BAD', message: 'b' }
						]
					}
				}
			},
			_errors: [{ code: 'BASE_TYPE_BAD', message: 'c' }]
		});
	});

	test('a key Discord would ignore is no error of the request', () => {
		expect(violationsToError([{ kind: 'unknown-key', operation: 'x', at: 'contents', message: 'm' }])).toBeNull();
	});

	test('names the field by its path', () => {
		const error = violationsToError([{ kind: 'body', operation: 'x', at: '/embeds/0', message: 'm' }]);
		expect(error?.status).toBe(400);
		expect(error?.toJSON()).toEqual({
			code: 50035,
			message: 'Invalid Form Body',
			errors: { embeds: { 0: { _errors: [{ code: 'BASE_TYPE_BAD', message: 'm' }] } } }
		});
	});
});

describe.runIf(findDocument() !== null)('the official description', () => {
	const spec = openSpec();

	test('has 242 operations, and our own table the same ones', () => {
		expect(spec.source).toBe('official');
		const idsOf = (operations: readonly { id: string }[]) => operations.map(({ id }) => id).toSorted();
		expect(idsOf(namedOperations)).toEqual(idsOf(spec.operations));
		expect(spec.operations).toHaveLength(242);
	});

	test('every schema compiles', () => {
		for (const { method, path, successStatuses } of spec.operations) {
			const concrete = path.replaceAll(/\{[^}]+\}/g, '1');
			expect(() => spec.checkRequest(method, concrete, {}, {})).not.toThrow();
			for (const status of [...successStatuses, 404, 429]) expect(() => spec.checkResponse(method, concrete, status, {})).not.toThrow();
		}
	}, 30_000);

	test('an ordinary message passes', () => {
		const body = {
			content: 'hi',
			tts: false,
			nonce: '123',
			flags: 64,
			embeds: [{ title: 'a', color: 1, timestamp: '2024-01-01T00:00:00.000Z', image: { url: 'attachment://a.png' } }],
			components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'x', label: 'y' }] }],
			allowed_mentions: { parse: [], replied_user: false }
		};
		expect(spec.checkRequest('POST', messages, {}, body)).toEqual([]);
	});

	test.each([
		['a typo', { contents: 'hi' }, { kind: 'unknown-key', at: 'contents' }],
		['a typo in an embed', { embeds: [{ title: 'a', descripton: 'b' }] }, { kind: 'unknown-key', at: 'embeds.0.descripton' }],
		[
			'a typo in a button',
			{ components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'x', lable: 'y' }] }] },
			{ kind: 'unknown-key', at: 'components.0.components.0.lable' }
		],
		['a title over 256', { embeds: [{ title: 'x'.repeat(257) }] }, { kind: 'body', at: '/embeds/0/title' }],
		['a number as text', { content: 5 }, { kind: 'body', at: '/content' }],
		[
			'a custom id over 100',
			{ components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'x'.repeat(101) }] }] },
			{ kind: 'body', at: '/components/0/components/0/custom_id' }
		],
		['an id that is none', { sticker_ids: ['abc'] }, { kind: 'body', at: '/sticker_ids/0' }],
		['a date that is none', { embeds: [{ timestamp: 'soon' }] }, { kind: 'body', at: '/embeds/0/timestamp' }]
	])('%s is found', (_, body, expected) => {
		expect(spec.checkRequest('POST', messages, {}, body)).toEqual(
			expect.arrayContaining([expect.objectContaining({ operation: 'create_message', ...expected })])
		);
	});

	test('a typo in the answer to an interaction is found, and what discord.js adds to each message is none', () => {
		const answer = (data: object) => spec.checkRequest('POST', '/interactions/1/token/callback', {}, { type: 4, data });
		expect(answer({ contents: 'a', content: 'a' })).toMatchObject([{ kind: 'unknown-key', at: 'data.contents' }]);
		expect(answer({ content: 'a', tts: false, nonce: undefined, username: undefined, flags: 64 })).toEqual([]);
	});

	test('an embed that is sent on as it was received has no typos, and attachments may be numbered', () => {
		const image = { url: 'https://a.b/c.png', proxy_url: 'https://a.b/c.png', width: 1, height: 1, content_type: 'image/png', flags: 0 };
		const body = { embeds: [{ type: 'rich', title: 'a', image, content_scan_version: 3 }], attachments: [{ id: 0, filename: 'a.txt' }] };
		expect(spec.checkRequest('POST', messages, {}, body)).toEqual([]);
	});

	test('a body that is required may be missing only where none of its keys is needed', () => {
		expect(spec.checkRequest('POST', '/guilds/1/channels', {}, undefined)).toMatchObject([{ kind: 'body', message: 'a body is required' }]);
		expect(spec.checkRequest('DELETE', '/guilds/1/bans/2', {}, undefined)).toEqual([]);
	});

	test.each([
		['PATCH', '/channels/1', { rtc_region: 5 }, 'rtc_region'],
		['PATCH', '/channels/1', { locked: 'x' }, 'locked'],
		['PATCH', '/channels/1', { default_auto_archive_duration: 5 }, 'default_auto_archive_duration'],
		['POST', '/channels/1/invites', { target_type: 'x' }, 'target_type'],
		['POST', '/channels/1/threads', { name: 'x', type: 11, applied_tags: 5 }, 'applied_tags'],
		['POST', messages, { content: 'x', flags: 1e300 }, 'flags']
	])('%s %s with %o: every field fits in one of the kinds of body that have it', (method, path, body, field) => {
		expect(spec.checkRequest(method, path, {}, body)).toContainEqual(expect.objectContaining({ kind: 'body', at: `/${field}` }));
	});

	test('a channel is changed by fields of its kind, and an application described by a text', () => {
		const body = { rtc_region: null, locked: false, default_auto_archive_duration: 60 };
		expect(spec.checkRequest('PATCH', '/channels/1', {}, body)).toEqual([]);
		expect(spec.checkRequest('PATCH', '/applications/@me', {}, { description: 'Serves' })).toEqual([]);
	});

	test('a bot may change its picture without saying its name', () => {
		expect(spec.checkRequest('PATCH', '/users/@me', {}, { avatar: null })).toEqual([]);
		expect(spec.checkRequest('PATCH', '/users/@me', {}, { username: 'x' })).toMatchObject([{ kind: 'body', at: '/username' }]);
	});

	test('permission bits pass as digits, and not as words', () => {
		const path = '/channels/123456789012345678/permissions/123456789012345679';
		expect(spec.checkRequest('PUT', path, {}, { type: 0, allow: '1024', deny: 0 })).toEqual([]);
		expect(spec.checkRequest('PUT', path, {}, { type: 0, allow: 'all' })).toMatchObject([{ kind: 'body', at: '/allow' }]);
	});

	test.each([
		[{ limit: '50' }, []],
		[{ limit: '101' }, [{ kind: 'query', at: 'limit' }]],
		[{ limit: 'many' }, [{ kind: 'query', at: 'limit' }]],
		[{ limits: '5' }, [{ kind: 'unknown-query', at: 'limits' }]]
	])('a query %j gives %j', (query, expected) => {
		expect(spec.checkRequest('GET', messages, query, undefined)).toMatchObject(expected);
	});

	test('a missing required query is found', () => {
		expect(spec.checkRequest('GET', '/guilds/1/members/search', {}, undefined)).toMatchObject([{ kind: 'query', at: 'query' }]);
	});

	test('a path that holds no snowflake is found, and @me is none', () => {
		expect(spec.checkRequest('GET', '/guilds/abc', {}, undefined)).toMatchObject([{ kind: 'path', at: 'guild_id' }]);
		expect(spec.checkRequest('GET', '/guilds/1/voice-states/@me', {}, undefined)).toEqual([]);
	});

	test('judges answers: the right body, a missing key, an unknown status, a body where none may be', () => {
		expect(spec.checkResponse('GET', '/gateway', 200, { url: 'ws://127.0.0.1:1' })).toEqual([]);
		expect(spec.checkResponse('GET', '/gateway', 200, {})).toMatchObject([{ kind: 'response' }]);
		expect(spec.checkResponse('GET', '/gateway', 302, undefined)).toMatchObject([{ kind: 'status' }]);
		expect(spec.checkResponse('DELETE', '/channels/1/messages/2', 204, {})).toMatchObject([{ kind: 'response' }]);
		expect(spec.checkResponse('DELETE', '/channels/1/messages/2', 204, undefined)).toEqual([]);
	});

	test('judges errors as well, with and without fields, and 429 by its own form', () => {
		const fields = { code: 50035, message: 'Invalid Form Body', errors: { content: { _errors: [{ code: 'X', message: 'x' }] } } };
		expect(spec.checkResponse('GET', '/users/@me', 400, fields)).toEqual([]);
		expect(spec.checkResponse('GET', '/users/@me', 403, { code: 50013, message: 'Missing Permissions' })).toEqual([]);
		expect(spec.checkResponse('GET', '/users/@me', 403, { message: 'no' })).toMatchObject([{ kind: 'response' }]);
		expect(spec.checkResponse('GET', '/users/@me', 429, { message: 'm', code: 0, retry_after: 0.5, global: false })).toEqual([]);
		expect(spec.checkResponse('GET', '/users/@me', 429, { message: 'm', code: 0, retry_after: 1 })).toMatchObject([{ kind: 'response' }]);
	});

	test('a fault of the server is nobody’s contract', () => {
		expect(spec.checkResponse('GET', '/users/@me', 503, '<html>')).toEqual([]);
	});

	test('an operation Discord does not have is said so', () => {
		expect(spec.checkRequest('GET', '/guilds/1/nonsense', {}, undefined)).toMatchObject([
			{ kind: 'unknown-operation', operation: 'GET /guilds/1/nonsense' }
		]);
	});
});

describe('without the official description', () => {
	test('a missing file falls back to the named schemas and says so', () => {
		const spec = loadSpec('/does/not/exist.json');
		expect(spec?.source).toBe('named-schemas');
		expect(spec?.description).toMatch(/DISCORD_API_SPEC/);
	});

	const spec = loadNamedSchemas();
	test.each([
		['POST', messages, { content: 'hi' }, 0],
		['POST', messages, { content: 5 }, 1],
		['POST', '/guilds/1/roles', { name: 'a', permissions: '8' }, 0],
		['PUT', '/applications/1/commands', [{ name: 'a', description: 'b', type: 1 }], 0],
		['PUT', '/applications/1/commands', [{ description: 'b' }], 1],
		['POST', messages, { attachments: [{ id: 0, description: 'numbered by its file' }] }, 0],
		['POST', messages, { message_reference: { type: 1, message_id: '1', channel_id: '2' } }, 0],
		['POST', messages, { message_reference: { type: 2, message_id: '1', channel_id: '2' } }, 1],
		['DELETE', '/channels/1', undefined, 0],
		['GET', '/nonsense', undefined, 1]
	])('%s %s with %j has %i faults', (method, path, body, count) => {
		expect(spec?.checkRequest(method, path, {}, body)).toHaveLength(count);
	});

	test('times with an offset pass, and words do not', () => {
		const actions = { invites_disabled_until: '2024-01-01T00:00:00.000000+00:00', dms_disabled_until: null };
		expect(spec?.checkRequest('PUT', '/guilds/1/incident-actions', {}, actions)).toEqual([]);
		expect(spec?.checkRequest('PUT', '/guilds/1/incident-actions', {}, { ...actions, dms_disabled_until: 'soon' })).toHaveLength(1);
	});

	test('answers are checked by name', () => {
		expect(spec?.checkResponse('GET', '/users/1', 200, { id: 1 })).not.toEqual([]);
		expect(spec?.checkResponse('GET', '/users/1', 404, { code: 10013, message: 'Unknown User' })).toEqual([]);
		expect(spec?.checkResponse('GET', '/users/1', 204, undefined)).toMatchObject([{ kind: 'status' }]);
	});
});
