import { expect, test, vi } from 'vitest';
import { InteractionContext } from '#lib/commands/context/interactionContext.js';
import { TimedRemovals } from '#lib/discord/timedRemovals.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { tellAfter } from '#modules/privacy/discord.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';
import { aLeaf } from '../commands/support.js';

function aCall(id = 'test.command', flow: 'slash' | 'menu' = 'slash') {
	const { command, sent } = fakeDiscord();
	const t = loadLanguages().translator('en-US');
	const context = new InteractionContext({ leaf: aLeaf({ id }), interaction: command(), flow, locale: 'en-US', t });
	return { context, sent };
}
const consent = { tell: async (_: string, show: () => Promise<void>) => show() };
const asked = () => vi.fn(async () => undefined);

test('by slash the notice follows the answer, for the caller alone', async () => {
	const { context, sent } = aCall();
	await context.reply('tea');
	await tellAfter(context, consent, new TimedRemovals());
	expect(sent).toHaveLength(2);
	expect(sent[1]).toMatchObject({ method: 'post', route: expect.stringMatching(/^\/webhooks\//), body: { flags: 64 } });
	expect(JSON.stringify(sent[1]?.body)).toMatch(/consent\.accept:.*consent\.decline:/);
});

test('a person who is known is not told', async () => {
	const { context, sent } = aCall();
	await context.reply('tea');
	await tellAfter(context, { tell: async () => undefined }, new TimedRemovals());
	expect(sent).toHaveLength(1);
});

test('the commands that say it themselves, and entries of menus, which may show a form, tell nobody', async () => {
	for (const { context } of [aCall('privacy.forgetme'), aCall('test.command', 'menu')]) {
		const tell = asked();
		await tellAfter(context, { tell }, new TimedRemovals());
		expect(tell).not.toHaveBeenCalled();
	}
});
