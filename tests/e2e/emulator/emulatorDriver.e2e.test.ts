import {
	ActionRowBuilder,
	ButtonBuilder,
	ButtonStyle,
	type Client,
	Events,
	GatewayIntentBits,
	MessageFlags,
	ModalBuilder,
	StringSelectMenuBuilder,
	TextInputBuilder,
	TextInputStyle
} from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type WorldDriver } from '../../../emulator/driver/index.js';
import { bareClient } from './bareClient.js';

let world: WorldDriver;
let client: Client;

beforeAll(async () => {
	world = await openWorld();
	client = bareClient(world, INTENTS);
	const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
	listen(client);
	await client.login(world.description.botToken);
	await ready;
	await client.application?.commands.set([
		{ name: 'ping', description: 'Answers' },
		{ name: 'slow', description: 'Thinks first' },
		{ name: 'secret', description: 'Only for you' },
		{ name: 'silent', description: 'Never answers' },
		{ name: 'panel', description: 'Buttons and selects' },
		{
			name: 'count',
			description: 'Counts',
			options: [{ type: 4, name: 'to', description: 'How far', required: true, min_value: 1, max_value: 5 }]
		},
		{
			name: 'pick',
			description: 'Autocomplete',
			options: [
				{
					type: 1,
					name: 'fruit',
					description: 'A fruit',
					options: [{ type: 3, name: 'name', description: 'Which', required: true, autocomplete: true }]
				}
			]
		},
		{ name: 'Who', type: 2 },
		{ name: 'Quote', type: 3 },
		{ name: 'staff', description: 'Staff only', defaultMemberPermissions: '8' }
	]);
});

afterAll(async () => {
	await client.destroy();
	await world.close();
});

afterEach(() => world.expectNoFaults());

const INTENTS = [
	GatewayIntentBits.Guilds,
	GatewayIntentBits.GuildMessages,
	GatewayIntentBits.MessageContent,
	GatewayIntentBits.GuildMembers
];

function listen(bot: Client): void {
	bot.on(Events.MessageCreate, async (message) => {
		if (message.content === ';ping') await message.reply('pong');
	});
	bot.on(Events.InteractionCreate, async (interaction) => {
		if (interaction.isAutocomplete()) {
			const typed = interaction.options.getFocused();
			await interaction.respond(
				['apple', 'apricot', 'pear'].filter((name) => name.startsWith(typed)).map((name) => ({ name, value: name }))
			);
		} else if (interaction.isChatInputCommand()) {
			if (interaction.commandName === 'ping') await interaction.reply({ content: 'pong', withResponse: true });
			if (interaction.commandName === 'secret') await interaction.reply({ content: 'hush', flags: MessageFlags.Ephemeral });
			if (interaction.commandName === 'count') await interaction.reply(`counted to ${interaction.options.getInteger('to')}`);
			if (interaction.commandName === 'pick') await interaction.reply(`picked ${interaction.options.getString('name')}`);
			if (interaction.commandName === 'slow') {
				await interaction.deferReply();
				await interaction.editReply('thought about it');
				await interaction.followUp('and more');
			}
			if (interaction.commandName === 'panel') {
				const open = new ButtonBuilder().setCustomId('open').setLabel('Open').setStyle(ButtonStyle.Primary);
				const off = new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Secondary).setDisabled(true);
				const more = new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Secondary);
				const select = new StringSelectMenuBuilder()
					.setCustomId('colour')
					.addOptions({ label: 'Red', value: 'r' }, { label: 'Blue', value: 'b' });
				await interaction.reply({
					content: 'panel',
					components: [
						new ActionRowBuilder<ButtonBuilder>().addComponents(open, off, more),
						new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)
					]
				});
			}
		} else if (interaction.isUserContextMenuCommand()) await interaction.reply(`that is ${interaction.targetUser.username}`);
		else if (interaction.isMessageContextMenuCommand()) await interaction.reply(`they said: ${interaction.targetMessage.content}`);
		else if (interaction.isStringSelectMenu()) await interaction.update({ content: `chose ${interaction.values.join()}`, components: [] });
		else if (interaction.isButton() && interaction.customId === 'more') {
			await interaction.deferUpdate();
			await interaction.editReply('more of the panel');
		} else if (interaction.isButton()) {
			const input = new TextInputBuilder().setCustomId('why').setLabel('Why').setStyle(TextInputStyle.Short).setMinLength(3);
			const modal = new ModalBuilder()
				.setCustomId('form')
				.setTitle('A form')
				.addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input));
			await interaction.showModal(modal);
		} else if (interaction.isModalSubmit()) await interaction.reply(`because ${interaction.fields.getTextInputValue('why')}`);
	});
}

describe('a real discord.js client on the emulator, driven by people', () => {
	test('a message is answered by a reply that pings its author', async () => {
		const guild = await world.guild({ members: ['adam'] });
		const [adam] = guild.members;
		const asked = await adam?.send(guild.channel('general'), ';ping');
		const answer = await adam?.expectMessage(guild.channel('general'), 'pong');
		expect(answer?.replyTo).toBe(asked?.id);
		expect(answer?.mentions).toEqual([adam?.id]);
	});

	test('a slash command is acknowledged and answered', async () => {
		const outcome = await world.home.owner.slash(world.home.channel('general'), 'ping');
		expect(outcome).toMatchObject({ acked: true, failed: false, content: 'pong', ephemeral: false });
	});

	test('an ephemeral answer is seen by its user alone', async () => {
		const guild = await world.guild({ members: ['adam', 'bella'] });
		const channel = guild.channel('general');
		const [adam, bella] = guild.members;
		const outcome = await adam?.slash(channel, 'secret');
		expect(outcome).toMatchObject({ content: 'hush', ephemeral: true });
		expect((await adam?.messages(channel))?.map((message) => message.content)).toEqual(['hush']);
		expect(await bella?.messages(channel)).toEqual([]);
	});

	test('a deferred answer is waited for and a follow-up comes after it', async () => {
		const channel = world.home.channel('general');
		const outcome = await world.home.owner.slash(channel, 'slow');
		expect(outcome.content).toBe('thought about it');
		const more = await world.home.owner.expectMessage(channel, 'and more');
		expect(more.replyTo).toBe(outcome.message?.id);
	});

	test('a command that is never answered fails after three seconds of the world, not before', async () => {
		const channel = world.home.channel('general');
		const asked = world.home.owner.slash(channel, 'silent');
		await world.home.owner.expectEvent('INTERACTION_CREATE');
		await world.clock.advance(3_001);
		expect(await asked).toMatchObject({ acked: false, failed: true, message: null });
	});

	test('a button opens a modal and the modal is answered', async () => {
		const { owner } = world.home;
		const panel = await owner.slash(world.home.channel('general'), 'panel');
		if (panel.message === null) throw new Error('no panel');
		const shown = await owner.click(panel.message, 'Open');
		expect(shown.modal).toMatchObject({ title: 'A form', customId: 'form' });
		await expect(owner.submitModal(shown, { Why: 'no' })).rejects.toThrow('too short');
		expect(await owner.submitModal(shown, { Why: 'I can' })).toMatchObject({ content: 'because I can' });
	});

	test('a disabled button cannot be pressed, neither by the client nor past it', async () => {
		const { owner } = world.home;
		const channel = world.home.channel('general');
		const panel = await owner.slash(channel, 'panel');
		if (panel.message === null) throw new Error('no panel');
		await expect(owner.click(panel.message, 'Off')).rejects.toThrow('disabled');
		const body = { type: 3, application_id: world.description.applicationId, channel_id: channel.id, guild_id: channel.guildId };
		const press = { ...body, session_id: 'x', message_id: panel.message.id, data: { component_type: 2, custom_id: 'off' } };
		await expect(owner.api.post('/interactions', press)).rejects.toMatchObject({ status: 400, code: 50035 });
	});

	test('a select changes its message, and a deferred update is filled in later', async () => {
		const { owner } = world.home;
		const panel = await owner.slash(world.home.channel('general'), 'panel');
		if (panel.message === null) throw new Error('no panel');
		await owner.click(panel.message, 'More');
		await owner.expectEdit(panel.message, 'more of the panel');
		const chosen = await owner.select(panel.message, 'colour', ['Blue']);
		expect(chosen.message).toMatchObject({ id: panel.message.id, content: 'chose b', components: [] });
	});

	test('autocomplete offers choices while typing', async () => {
		const { owner } = world.home;
		const channel = world.home.channel('general');
		const choices = await owner.autocomplete(channel, 'pick fruit', { name: 'ap' }, 'name');
		expect(choices.map((choice) => choice.name)).toEqual(['apple', 'apricot']);
		expect(await owner.slash(channel, 'pick fruit', { name: 'apple' })).toMatchObject({ content: 'picked apple' });
	});

	test('options out of range are refused by the client and by the server', async () => {
		const { owner } = world.home;
		const channel = world.home.channel('general');
		await expect(owner.slash(channel, 'count', { to: 6 })).rejects.toThrow('out of range');
		await expect(owner.slash(channel, 'count', {})).rejects.toThrow('needs the option');
		const data = { name: 'count', type: 1, options: [{ type: 4, name: 'to', value: 6 }] };
		const body = { type: 2, application_id: world.description.applicationId, channel_id: channel.id, session_id: 'x', data };
		await expect(owner.api.post('/interactions', body)).rejects.toMatchObject({ code: 50035 });
		expect(await owner.slash(channel, 'count', { to: 5 })).toMatchObject({ content: 'counted to 5' });
	});

	test('context menus of people and messages', async () => {
		const guild = await world.guild({ members: ['adam', 'bella'] });
		const [adam, bella] = guild.members;
		const channel = guild.channel('general');
		const said = await adam?.send(channel, 'hello');
		expect(await bella?.context(channel, 'Who', { id: adam?.id ?? '' }, 'user')).toMatchObject({ content: 'that is adam' });
		expect(await bella?.context(channel, 'Quote', { id: said?.id ?? '' }, 'message')).toMatchObject({ content: 'they said: hello' });
	});

	test('a command for administrators is hidden from members and refused to them', async () => {
		const guild = await world.guild({ members: ['adam'] });
		const [adam] = guild.members;
		const channel = guild.channel('general');
		await expect(adam?.slash(channel, 'staff')).rejects.toThrow('No slash command');
		const data = { name: 'staff', type: 1, options: [] };
		const body = { type: 2, application_id: world.description.applicationId, channel_id: channel.id, session_id: 'x', data };
		await expect(adam?.api.post('/interactions', body)).rejects.toMatchObject({ code: 50013 });
		expect((await guild.owner.commands(channel)).some((command) => command['name'] === 'staff')).toBe(true);
	});

	test('the ledger holds what the bot asked, once each', async () => {
		const { owner } = world.home;
		const before = (await world.requests((entry) => entry.route === '/interactions/:interactionId/:token/callback')).length;
		await owner.slash(world.home.channel('general'), 'ping');
		const callbacks = await world.requests((entry) => entry.route === '/interactions/:interactionId/:token/callback');
		expect(callbacks.length).toBe(before + 1);
		expect(callbacks.at(-1)).toMatchObject({ method: 'POST', status: 200, body: { type: 4, data: { content: 'pong' } } });
	});
});
