import { InteractionResponseType } from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InteractionContext } from '#lib/commands/context/interactionContext.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';
import { aLeaf } from './support.js';

const { ChannelMessageWithSource, DeferredChannelMessageWithSource } = InteractionResponseType;

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function aCall(answer: 'public' | 'private' = 'public') {
	const { command, sent } = fakeDiscord();
	const interaction = command();
	const t = loadLanguages().translator('en-US');
	const context = new InteractionContext({ leaf: aLeaf({ answer }), interaction, flow: 'slash', locale: 'en-US', t });
	const steps = () => sent.map(({ method, body }) => (body !== null && typeof body === 'object' && 'type' in body ? body.type : method));
	return { context, interaction, sent, steps };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a command that answers soon is not deferred', async () => {
	const { context, steps } = aCall();
	await context.deferringWhenSlow(() => context.reply({ content: 'tea' }));
	await vi.advanceTimersByTimeAsync(5_000);
	expect(steps()).toEqual([ChannelMessageWithSource]);
});

test('one that takes long is deferred before Discord gives up, and its answer fills the deferral', async () => {
	const { context, steps } = aCall();
	const done = context.deferringWhenSlow(async () => {
		await pause(10_000);
		await context.reply({ content: 'tea' });
	});
	await vi.advanceTimersByTimeAsync(2_000);
	expect(steps()).toEqual([DeferredChannelMessageWithSource]);
	await vi.advanceTimersByTimeAsync(8_000);
	await done;
	expect(steps()).toEqual([DeferredChannelMessageWithSource, 'patch']);
});

test('the deferral is as private as the answer will be', async () => {
	const { context, sent } = aCall('private');
	const done = context.deferringWhenSlow(() => pause(2_000));
	await vi.advanceTimersByTimeAsync(2_000);
	await done;
	expect(sent[0]?.body).toMatchObject({ data: { flags: 64 } });
});

test('what fails in the meantime is shown knowing of the deferral', async () => {
	const { context, interaction } = aCall();
	const done = context.deferringWhenSlow(async () => {
		await pause(1_500);
		throw new Error('no tea');
	});
	const shown = done.catch(() => interaction.deferred);
	await vi.advanceTimersByTimeAsync(2_000);
	expect(await shown).toBe(true);
});

test('it is deferred once, whoever asks', async () => {
	const { context, steps } = aCall();
	const done = context.deferringWhenSlow(async () => {
		await Promise.all([context.defer(), context.defer()]);
		await pause(3_000);
		await context.reply({ content: 'tea' });
	});
	await vi.advanceTimersByTimeAsync(3_000);
	await done;
	expect(steps()).toEqual([DeferredChannelMessageWithSource, 'patch']);
});

test('a private answer to a public deferral is private: the deferral is taken away first', async () => {
	const { context, sent, steps } = aCall();
	const done = context.deferringWhenSlow(async () => {
		await pause(3_000);
		await context.reply({ content: 'tea', private: true });
	});
	await vi.advanceTimersByTimeAsync(3_000);
	await done;
	expect(steps()).toEqual([DeferredChannelMessageWithSource, 'delete', 'post']);
	expect(sent.at(-1)?.body).toMatchObject({ content: 'tea', flags: 64 });
});
