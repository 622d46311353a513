import { container, InteractionHandlerStore, type Listener, ListenerStore, type StoreRegistry } from '@sapphire/framework';
import { MessageFlags, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKit } from '#lib/commands/openKit.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { CoreInteractionCreate } from '../../../src/listeners/gateway/CoreInteractionCreate.js';
import { FakeClock } from '../../support/fakeClock.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';

let discord: ReturnType<typeof fakeDiscord>;
let listener: Listener;
let stores: StoreRegistry | undefined;

beforeEach(() => {
	discord = fakeDiscord();
	const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
	const languages = loadLanguages();
	container.kit = openKit({
		clock: new FakeClock(),
		keyValue: memoryKeyValue({ logger }),
		languages,
		ownerIds: [],
		staffIds: [],
		onRun: () => undefined
	});
	stores = container.stores;
	const handlers = new InteractionHandlerStore();
	Object.assign(container, { client: discord.client, stores: { get: () => handlers } });
	listener = Reflect.construct(CoreInteractionCreate, [
		{ name: 'CoreInteractionCreate', path: '', root: '', store: new ListenerStore() },
		{}
	]);
});

afterEach(async () => {
	Object.assign(container, { stores });
	await discord.client.destroy();
});

test.each(['old.button:1', 'page.gone', '', 'x'.repeat(100)])(
	'a press of "%s", which nobody takes, is told that it has expired',
	async (customId) => {
		const interaction = discord.button({ customId });
		await listener.run(interaction);
		expect(discord.sent).toHaveLength(1);
		expect(discord.sent[0]?.route).toBe(Routes.interactionCallback(interaction.id, interaction.token));
		expect(discord.sent[0]?.body).toMatchObject({
			data: { flags: MessageFlags.Ephemeral, embeds: [{ description: expect.stringContaining('This has expired.') }] }
		});
	}
);

test('so is a form', async () => {
	await listener.run(discord.form({ customId: 'old.form' }));
	expect(discord.sent).toHaveLength(1);
});
