import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { MessagePipeline, type MessagePipelineParts } from '#lib/pipeline/messagePipeline.js';
import type { MessageStepOptions, StepAnswer } from '#lib/pipeline/step.js';
import { aLeaf } from '../commands/support.js';

type Parts = MessagePipelineParts;
type Step = ReturnType<Parts['steps']> extends Iterable<infer S> ? S : never;
type Message = Parameters<MessagePipeline['onMessage']>[0];

function make(steps: readonly (Partial<MessageStepOptions> & { name: string; answer?: StepAnswer })[] = []) {
	const seen: string[] = [];
	const claimed = new Set<string>();
	const pieces = steps.map(({ name, answer = 'pass', ...options }) => ({
		name,
		options: { stage: 'observe', order: 1, commands: 'skip', authors: 'members', ...options },
		isOn: () => true,
		run: () => {
			seen.push(name);
			return answer;
		}
	})) as unknown[] as Step[];
	const pipeline = new MessagePipeline({
		steps: () => pieces,
		reports: { onError: (step, error) => seen.push(`${step} failed: ${error}`), onTime: () => undefined },
		prefixes: () => [';'],
		index: () => new CommandIndex([aLeaf({ id: 'test.ping', name: 'ping' })], []),
		claim: async (id) => !claimed.has(id) && Boolean(claimed.add(id)),
		unclaim: async (id) => void claimed.delete(id),
		dispatch: (_, invocation) => seen.push(`command ${invocation.leaf?.id}`)
	});
	return { pipeline, seen };
}

const created = 1_700_000_000_000;

function aMessage(given: { content?: string; bot?: boolean; webhookId?: string; id?: string; editedAfterMs?: number } = {}): Message {
	const { content = 'hello', bot = false, webhookId = null, id = 'm1', editedAfterMs } = given;
	return {
		id,
		content,
		author: { id: 'ana', bot },
		webhookId,
		system: false,
		guildId: 'g',
		client: { user: { id: '123456789012345678' } },
		createdTimestamp: created,
		editedTimestamp: editedAfterMs === undefined ? null : created + editedAfterMs
	} as unknown as Message;
}

describe('a message', () => {
	test('passes guards, then claims until one takes it, then observers of commands', async () => {
		const { pipeline, seen } = make([
			{ name: 'levels' },
			{ name: 'seen', commands: 'also' },
			{ name: 'second claim', stage: 'claim', order: 2 },
			{ name: 'claim', stage: 'claim', order: 1, answer: 'stop' },
			{ name: 'guard', stage: 'guard' }
		]);
		await pipeline.onMessage(aMessage());
		expect(seen).toEqual(['guard', 'claim', 'seen']);
	});

	test('that no claim takes goes on to all observers', async () => {
		const { pipeline, seen } = make([{ name: 'claim', stage: 'claim' }, { name: 'levels' }]);
		await pipeline.onMessage(aMessage());
		expect(seen).toEqual(['claim', 'levels']);
	});

	test('that a guard stops goes no further, not even as a command', async () => {
		const { pipeline, seen } = make([
			{ name: 'guard', stage: 'guard', answer: 'stop' },
			{ name: 'observer', commands: 'also' }
		]);
		await pipeline.onMessage(aMessage({ content: ';ping' }));
		expect(seen).toEqual(['guard']);
	});

	test('that calls a command is seen only by observers of commands', async () => {
		const { pipeline, seen } = make([{ name: 'claim', stage: 'claim' }, { name: 'levels' }, { name: 'afk', commands: 'also' }]);
		await pipeline.onMessage(aMessage({ content: ';ping' }));
		expect(seen).toEqual(['command test.ping', 'afk']);
	});

	test.each([
		['a bot', { bot: true }],
		['a webhook', { webhookId: 'w' }]
	])('of %s calls nothing and is seen only by steps for bots', async (_, author) => {
		const { pipeline, seen } = make([{ name: 'levels' }, { name: 'bump', authors: 'bots' }, { name: 'guard', stage: 'guard' }]);
		await pipeline.onMessage(aMessage({ content: ';ping', ...author }));
		expect(seen).toEqual(['bump']);
	});

	test('that Discord delivers twice runs its command once', async () => {
		const { pipeline, seen } = make();
		await Promise.all([pipeline.onMessage(aMessage({ content: ';ping' })), pipeline.onMessage(aMessage({ content: ';ping' }))]);
		expect(seen).toEqual(['command test.ping']);
	});
});

describe('an edit', () => {
	test('within a minute calls a command, once per message', async () => {
		const { pipeline, seen } = make();
		await pipeline.onMessage(aMessage({ content: ';pong' }));
		await pipeline.onEdit(aMessage({ content: ';ping', editedAfterMs: 60_000 }));
		await pipeline.onEdit(aMessage({ content: ';ping ', editedAfterMs: 60_000 }));
		expect(seen).toEqual(['command test.ping']);
	});

	test('of a message that ran already calls nothing', async () => {
		const { pipeline, seen } = make();
		await pipeline.onMessage(aMessage({ content: ';ping' }));
		await pipeline.onEdit(aMessage({ content: ';ping again', editedAfterMs: 1_000 }));
		expect(seen).toEqual(['command test.ping']);
	});

	test('calls the command when what the message held before was none after all', async () => {
		const { pipeline, seen } = make();
		await pipeline.onMessage(aMessage({ content: ';ping wrong' }));
		await pipeline.didNotRun(aMessage());
		await pipeline.onEdit(aMessage({ content: ';ping', editedAfterMs: 1_000 }));
		expect(seen).toEqual(['command test.ping', 'command test.ping']);
	});

	test('after a minute calls nothing, and a preview is no edit', async () => {
		const { pipeline, seen } = make();
		await pipeline.onEdit(aMessage({ content: ';ping', editedAfterMs: 60_001 }));
		await pipeline.onEdit(aMessage({ content: ';ping' }));
		expect(seen).toEqual([]);
	});

	test('of the first minute is looked at by the claims that want it, unless it calls a command', async () => {
		const { pipeline, seen } = make([
			{ name: 'alias', stage: 'claim', edits: true },
			{ name: 'mention', stage: 'claim' },
			{ name: 'levels' }
		]);
		await pipeline.onEdit(aMessage({ content: ';pong', editedAfterMs: 60_000 }));
		await pipeline.onEdit(aMessage({ content: ';ping', editedAfterMs: 60_000 }));
		await pipeline.onEdit(aMessage({ content: ';pong', editedAfterMs: 60_001 }));
		expect(seen).toEqual(['alias', 'command test.ping']);
	});

	test('passes the guards first', async () => {
		const { pipeline, seen } = make([{ name: 'guard', stage: 'guard', answer: 'stop' }]);
		await pipeline.onEdit(aMessage({ content: ';ping', editedAfterMs: 1 }));
		expect(seen).toEqual(['guard']);
	});
});
