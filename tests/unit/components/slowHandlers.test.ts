import { type ButtonInteraction, InteractionResponseType, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ComponentInteraction } from '#lib/components/componentHandler.js';
import { deferringWhenSlow } from '#lib/components/deferringWhenSlow.js';
import { PrivateAnswers } from '#lib/errors/privateAnswer.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';

const { DeferredMessageUpdate, DeferredChannelMessageWithSource, ChannelMessageWithSource, UpdateMessage, Modal } = InteractionResponseType;
const hidden = { flags: MessageFlags.Ephemeral } as const;
const form = { customId: 'form', title: 'Tea', components: [] };

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What reaches Discord, a step each: the type of a callback, or the method and which message it is about. */
function stepsOf(sent: ReturnType<typeof fakeDiscord>['sent']) {
	return sent.map(({ method, route, body }) => {
		if (body !== null && typeof body === 'object' && 'type' in body) return body.type;
		const message = decodeURIComponent(route).split('/messages/')[1];
		return message === undefined ? 'follow-up' : `${method} ${message}`;
	});
}

/** A press whose handler begins to answer after `ms`. */
async function press<I extends ComponentInteraction>(
	interaction: I,
	sent: ReturnType<typeof fakeDiscord>['sent'],
	ms: number,
	answer: (interaction: I) => Promise<unknown>
) {
	const done = deferringWhenSlow(interaction, async () => {
		await pause(ms);
		await answer(interaction);
	});
	const ended = done.then(
		() => null,
		(error: unknown) => error
	);
	await vi.advanceTimersByTimeAsync(ms + 1_000);
	return { error: await ended, steps: stepsOf(sent) };
}

describe('a button or select', () => {
	const button = async (ms: number, answer: (interaction: ButtonInteraction) => Promise<unknown>) => {
		const discord = fakeDiscord();
		return { ...(await press(discord.button({ customId: 'x' }), discord.sent, ms, answer)), sent: discord.sent };
	};

	test.each([
		['update', UpdateMessage, (interaction: ButtonInteraction) => interaction.update({ content: 'tea' })],
		['reply', ChannelMessageWithSource, (interaction: ButtonInteraction) => interaction.reply({ content: 'tea' })],
		['form', Modal, (interaction: ButtonInteraction) => interaction.showModal(form)],
		['deferral of its own', DeferredMessageUpdate, (interaction: ButtonInteraction) => interaction.deferUpdate()]
	])('that answers soon with a(n) %s is not deferred', async (_, type, answer) => {
		expect(await button(1_000, answer)).toMatchObject({ error: null, steps: [type] });
	});

	test.each<[string, (interaction: ButtonInteraction) => Promise<unknown>, string[]]>([
		['an update changes the message that was pressed', (i) => i.update({ content: 'tea' }), ['patch @original']],
		['a reply is a message of its own', (i) => i.reply({ content: 'tea' }), ['follow-up']],
		[
			'an update and a follow-up are that',
			async (i) => {
				await i.update({ components: [] });
				await i.followUp({ content: 'tea', ...hidden });
			},
			['patch @original', 'follow-up']
		],
		[
			'a deferred reply comes with its first edit, and is edited and deleted itself afterwards',
			async (i) => {
				await i.deferReply(hidden);
				await i.editReply('tea');
				await i.editReply('more tea');
				await i.deleteReply();
			},
			['follow-up', 'patch 999999999999999999', 'delete 999999999999999999']
		],
		[
			'a deferred reply that is taken back was never there',
			async (i) => {
				await i.deferReply();
				await i.deleteReply();
			},
			[]
		],
		[
			'a reply is edited, not the message that was pressed',
			async (i) => {
				await i.reply('tea');
				await i.editReply('more tea');
			},
			['follow-up', 'patch 999999999999999999']
		],
		[
			'a deferred update is edited and taken away in its place',
			async (i) => {
				await i.deferUpdate();
				await i.editReply({ content: 'tea' });
				await i.deleteReply();
			},
			['patch @original', 'delete @original']
		]
	])('that takes long is deferred: %s', async (_, answer, steps) => {
		expect(await button(5_000, answer)).toMatchObject({ error: null, steps: [DeferredMessageUpdate, ...steps] });
	});

	test('what was meant for one person stays with him', async () => {
		const replied = await button(5_000, (interaction) => interaction.reply({ content: 'tea', ...hidden }));
		expect(replied.sent.at(-1)?.body).toMatchObject({ flags: MessageFlags.Ephemeral });
		const deferred = await button(5_000, async (interaction) => {
			await interaction.deferReply(hidden);
			await interaction.editReply('tea');
		});
		expect(deferred.sent.at(-1)?.body).toMatchObject({ content: 'tea', flags: MessageFlags.Ephemeral });
	});

	test('who asked for the response gets the message', async () => {
		let id: string | undefined;
		await button(5_000, async (interaction) => {
			const { resource } = await interaction.reply({ content: 'tea', withResponse: true });
			id = resource?.message?.id;
		});
		expect(id).toBe('999999999999999999');
	});

	test('a form cannot be opened that late: that is refused', async () => {
		const { error, steps } = await button(5_000, (interaction) => interaction.showModal(form));
		expect(error).toMatchObject({ context: { module: 'components', code: 'too-slow' } });
		expect(steps).toEqual([DeferredMessageUpdate]);
	});

	test('an answer that begins while the deferral is on its way waits for it', async () => {
		const discord = fakeDiscord();
		const interaction = discord.button({ customId: 'x' });
		const { post } = discord.client.rest;
		Object.assign(discord.client.rest, {
			post: async (...args: Parameters<typeof post>) => {
				await pause(500);
				return post.apply(discord.client.rest, args);
			}
		});
		const { error, steps } = await press(interaction, discord.sent, 1_700, () => interaction.update({ content: 'tea' }));
		expect({ error, steps }).toEqual({ error: null, steps: [DeferredMessageUpdate, 'patch @original'] });
	});

	test('an answer that is on its way when the time is up is not deferred', async () => {
		const discord = fakeDiscord();
		const interaction = discord.button({ customId: 'x' });
		const { post } = discord.client.rest;
		Object.assign(discord.client.rest, {
			post: async (...args: Parameters<typeof post>) => {
				await pause(2_000);
				return post.apply(discord.client.rest, args);
			}
		});
		const { steps } = await press(interaction, discord.sent, 1_400, async () => {
			const updated = interaction.update({ content: 'tea' });
			await vi.advanceTimersByTimeAsync(3_000);
			await updated;
		});
		expect(steps).toEqual([UpdateMessage]);
	});

	test('an error is shown to its person, and the message stays', async () => {
		const discord = fakeDiscord();
		const interaction = discord.button({ customId: 'x' });
		const { error } = await press(interaction, discord.sent, 5_000, async () => {
			throw new Error('no tea');
		});
		expect(error).toMatchObject({ message: 'no tea' });
		await new PrivateAnswers().toInteraction(interaction, { description: 'sorry' });
		expect(stepsOf(discord.sent)).toEqual([DeferredMessageUpdate, 'follow-up']);
		expect(discord.sent.at(-1)?.body).toMatchObject({ flags: MessageFlags.Ephemeral });
	});

	test('where Discord did not take the deferral the answer goes its own way', async () => {
		const discord = fakeDiscord();
		const interaction = discord.button({ customId: 'x' });
		let calls = 0;
		Object.assign(discord.client.rest, {
			post: async () => {
				calls++;
				throw new Error('Unknown interaction');
			}
		});
		const { error } = await press(interaction, discord.sent, 5_000, () => interaction.update({ content: 'tea' }));
		expect(error).toMatchObject({ message: 'Unknown interaction' });
		expect(calls).toBe(2);
	});
});

describe('a form without a message', () => {
	const submit = async (answer: (interaction: ModalSubmitInteraction) => Promise<unknown>) => {
		const discord = fakeDiscord();
		const interaction = discord.form({ customId: 'x', fields: {} });
		interaction.message = null;
		return { ...(await press(interaction, discord.sent, 5_000, answer)), sent: discord.sent };
	};

	test('shows its person that somebody thinks, and a private answer takes that place', async () => {
		const { steps, sent } = await submit((interaction) => interaction.reply({ content: 'tea', ...hidden }));
		expect(steps).toEqual([DeferredChannelMessageWithSource, 'patch @original']);
		expect(sent[0]?.body).toMatchObject({ data: { flags: MessageFlags.Ephemeral } });
	});

	test('a public answer comes once that is taken away: Discord would put the first follow-up in its place', async () => {
		const { steps } = await submit((interaction) => interaction.reply({ content: 'tea' }));
		expect(steps).toEqual([DeferredChannelMessageWithSource, 'delete @original', 'follow-up']);
	});

	test('a deferred reply is as public as it was meant', async () => {
		const open = await submit(async (interaction) => {
			await interaction.deferReply();
			await interaction.editReply('tea');
		});
		expect(open.steps).toEqual([DeferredChannelMessageWithSource, 'delete @original', 'follow-up']);
		const closed = await submit(async (interaction) => {
			await interaction.deferReply(hidden);
			await interaction.editReply('tea');
		});
		expect(closed.steps).toEqual([DeferredChannelMessageWithSource, 'patch @original']);
	});
});
