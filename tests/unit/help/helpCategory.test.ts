import { container, InteractionHandlerStore } from '@sapphire/framework';
import { MessageFlags } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { leafOf } from '#lib/commands/leaf.js';
import { openKit } from '#lib/commands/openKit.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { categoriesOf } from '#modules/help/catalogue.js';
import { helpCategoryId } from '#modules/help/ids.js';
import { HelpCategory } from '../../../src/interaction-handlers/help/helpCategory.js';
import { FakeClock } from '../../support/fakeClock.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';
import { recordingLogger } from '../../support/recordingLogger.js';

const ana = '100000000000000001';
const bob = '100000000000000002';
let discord: ReturnType<typeof fakeDiscord>;
let handler: HelpCategory;

beforeEach(() => {
	discord = fakeDiscord();
	const languages = { ...loadLanguages(), command: () => ({ description: 'Makes tea', examples: [], options: {} }) };
	const run = async () => undefined;
	const index = new CommandIndex([leafOf({ id: 'tea.brew', name: 'tea', where: 'both', slash: { none: 'a test' }, run })], []);
	const kit = openKit({
		clock: new FakeClock(),
		keyValue: memoryKeyValue({ logger: recordingLogger() }),
		languages,
		ownerIds: [],
		staffIds: [],
		onRun: () => undefined
	});
	const help = { categories: () => categoriesOf(index, (module) => module) };
	Object.assign(container, { kit: { ...kit, index }, services: { help, prefixes: { view: async () => ({ guild: ';', self: null }) } } });
	handler = Reflect.construct(HelpCategory, [{ name: 'helpCategory', path: '', root: '', store: new InteractionHandlerStore() }, {}]);
});

afterEach(() => discord.client.destroy());

async function choose(userId: string, module: string, customId = helpCategoryId.encode({ userId: ana, part: 0 })): Promise<unknown> {
	const interaction = discord.select({ customId, userId }, [module]);
	const parsed = handler.parse(interaction);
	return parsed.isNone()
		? 'none'
		: handler.run(interaction, parsed.unwrap()).then(
				() => 'done',
				(error) => error.context.code
			);
}

test('the one who asked turns his own page', async () => {
	expect(await choose(ana, 'tea')).toBe('done');
	expect(discord.sent[0]?.body).toMatchObject({ type: 7, data: { embeds: [{ description: '`;tea` Makes tea' }] } });
});

test('somebody else gets a copy that only he sees, with a select of his own', async () => {
	expect(await choose(bob, 'tea')).toBe('done');
	expect(discord.sent[0]?.body).toMatchObject({ type: 4, data: { flags: MessageFlags.Ephemeral } });
	expect(JSON.stringify(discord.sent[0]?.body)).toContain(helpCategoryId.encode({ userId: bob, part: 0 }));
	expect(JSON.stringify(discord.sent[0]?.body)).not.toContain(helpCategoryId.encode({ userId: ana, part: 0 }));
});

test.each(['coffee', '', '__proto__'])('a category "%s" that there is not has no effect', async (module) => {
	expect(await choose(ana, module)).toBe('expired');
	expect(discord.sent).toEqual([]);
});

test('a select that was sent before there were several still works', async () => {
	expect(await choose(ana, 'tea', helpCategoryId.encode({ userId: ana, part: 0 }).replace(/:0$/, ''))).toBe('done');
});
