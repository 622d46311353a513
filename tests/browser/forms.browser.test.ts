import { type Client, Events, GatewayIntentBits, type Interaction, MessageFlags } from 'discord.js';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bareClient } from '../e2e/emulator/bareClient.js';
import { picture } from '../support/chromium.js';
import { describePlayground } from '../support/playground.js';

const field = (label: string, component: object) => ({ type: 18, label, component });

/** Two forms that have every field together: one takes five. */
const forms: Record<string, object[]> = {
	'About you': [
		{ type: 10, content: 'Please **fill in** all of it.' },
		{ ...field('Name', { type: 4, custom_id: 'name', style: 1, min_length: 2 }), description: 'As you like it' },
		field('About', { type: 4, custom_id: 'about', style: 2, required: false, value: 'nothing yet' }),
		field('Colour', { type: 3, custom_id: 'colour', options: ['Red', 'Green'].map((label) => ({ label, value: label.toLowerCase() })) }),
		field('Picture', { type: 19, custom_id: 'file' })
	],
	'About others': [
		field('Friend', { type: 5, custom_id: 'user' }),
		field('Role', { type: 6, custom_id: 'role' }),
		field('Anybody', { type: 7, custom_id: 'mentionable' }),
		field('Place', { type: 8, custom_id: 'channel', required: false, min_values: 0 })
	]
};

const option = (type: number, name: string, more: object = {}) => ({ type, name, description: `The ${name}`, required: true, ...more });
const command = {
	name: 'everything',
	description: 'One of each',
	options: [
		option(3, 'text', { min_length: 2 }),
		option(3, 'choice', { choices: [{ name: 'One', value: '1' }] }),
		option(4, 'whole', { min_value: 1, max_value: 5 }),
		option(5, 'yes'),
		option(6, 'user'),
		option(7, 'channel', { channel_types: [2] }),
		option(8, 'role'),
		option(9, 'anybody'),
		option(10, 'number'),
		option(11, 'file')
	]
};

/** A bot that shows the form, and says what it was given. */
async function answer(interaction: Interaction): Promise<void> {
	const { rest } = interaction.client;
	if (interaction.isChatInputCommand()) {
		const given = interaction.options.data.map(({ name, value, attachment, user, role, channel }) => {
			return `${name}=${attachment?.name ?? user?.username ?? role?.name ?? channel?.name ?? String(value)}`;
		});
		await interaction.deferReply({ flags: MessageFlags.Ephemeral });
		interaction.client.once(Events.TypingStart, () => void interaction.editReply(given.join(' ')));
	} else if (interaction.isButton()) {
		const { customId: title } = interaction;
		const form = { type: 9, data: { custom_id: 'form', title, components: forms[title] } };
		await rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body: form, auth: false });
	} else if (interaction.isModalSubmit()) {
		await interaction.reply(
			`Given: ${interaction.fields.fields.map((field) => ('values' in field ? field.values.length : field.value)).join(' ')}`
		);
	}
}

describePlayground(
	'forms and options of every kind',
	(stage) => {
		let bot: Client;
		const faults: unknown[] = [];

		beforeAll(async () => {
			bot = bareClient(stage.discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageTyping]);
			bot.on(Events.InteractionCreate, (interaction) => {
				answer(interaction).catch((error: unknown) => faults.push(error));
			});
			const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
			await bot.login(stage.discord.description.botToken);
			await ready;
			await bot.rest.post(`/applications/${stage.discord.description.applicationId}/commands`, { body: command });
		});
		afterAll(async () => {
			await bot?.destroy();
			expect(faults).toEqual([]);
		});

		test('a form with text, choices, people, roles, channels and a file is filled in and sent', async () => {
			const { adam, page, discord } = stage;
			const components = Object.keys(forms).map((label) => ({ type: 1, components: [{ type: 2, style: 1, label, custom_id: label }] }));
			await bot.rest.post(`/channels/${discord.home.channel('general').id}/messages`, { body: { content: 'Two forms', components } });
			const choose = async (dialog: Locator, label: string, wanted: string) => {
				const select = dialog.getByRole('combobox', { name: label });
				await select.click();
				await select.pressSequentially(wanted);
				await dialog.getByRole('option', { name: wanted }).waitFor();
				await select.press('Enter');
				expect(await select.getAttribute('placeholder')).toBe(wanted);
			};

			await adam.log.getByRole('button', { name: 'About you' }).click();
			const you = adam.pane.getByRole('dialog', { name: 'About you' });
			await you.getByRole('textbox', { name: 'Name' }).fill('Adam');
			await choose(you, 'Colour', 'Green');
			await you.locator('input[type=file]').setInputFiles({ name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('me') });
			await picture(page, 'forms-form');
			await you.getByRole('button', { name: 'Submit' }).click();
			await adam.message('Given: Adam nothing yet 1 1').waitFor();
			expect(await you.count()).toBe(0);

			await adam.log.getByRole('button', { name: 'About others' }).click();
			const others = adam.pane.getByRole('dialog', { name: 'About others' });
			await choose(others, 'Friend', 'Dana');
			await choose(others, 'Role', 'Gold');
			await choose(others, 'Anybody', 'Staff');
			await others.getByRole('button', { name: 'Submit' }).click();
			await adam.message('Given: 1 1 1 0').waitFor();
		});

		test('a command with every kind of option is filled in by keyboard; the bot thinks, for one alone, then answers', async () => {
			const { adam, page, discord } = stage;
			const fields = await adam.choose('everything');
			await fields.getByRole('textbox', { name: 'text' }).fill('hello');
			for (const [name, wanted] of [
				['choice', 'One'],
				['yes', 'true'],
				['user', 'Dana'],
				['channel', 'Lounge'],
				['role', 'Gold'],
				['anybody', 'Staff']
			] as const) {
				const field = fields.getByRole('combobox', { name, exact: true });
				await field.fill(wanted);
				await fields.getByRole('option', { name: wanted }).waitFor();
				await field.press('Enter');
			}
			await fields.getByRole('textbox', { name: 'whole' }).fill('9');
			await fields.getByRole('textbox', { name: 'number' }).fill('1.5');
			await fields.locator('input[type=file]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
			await fields.getByRole('textbox', { name: 'number' }).press('Enter');
			expect(await fields.getByRole('alert').textContent()).toBe('whole: at most 5.');
			await fields.getByRole('textbox', { name: 'whole' }).fill('5');
			await picture(page, 'forms-options');
			await fields.getByRole('textbox', { name: 'whole' }).press('Enter');
			await adam.message('Evict is thinking…').getByText('Only you can see this').waitFor();
			await picture(page, 'forms-thinking');
			await discord.home.owner.type(discord.home.channel('general'));
			const text = await adam.message('text=hello').locator('.content').textContent();
			expect(text).toBe('text=hello choice=1 whole=5 yes=true user=dana channel=Lounge role=Gold anybody=Staff number=1.5 file=a.txt');
		});
	},
	false
);
