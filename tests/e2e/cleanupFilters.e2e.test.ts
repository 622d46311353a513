import { describe, expect, test } from 'vitest';
import type { SeenMessage } from '../../emulator/driver/index.js';
import { type Line, scenes } from '../support/cleanupScenes.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

/** A server with a channel in which the lines of a scene stand. */
async function stage(lines: readonly Line[]) {
	const guild = await shared.house.discord.guild({ members: ['ana', 'bea'] });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('The server is not complete');
	const { owner } = guild;
	const general = guild.channel('general');
	const said = new Map<string, SeenMessage>();
	for (const { name, text = name, file, sticker, ofTheBot } of lines) {
		if (ofTheBot) {
			said.set('a call', await ana.send(general, ';ping'));
			said.set(name, await ana.expectMessage(general, /\d+ ms/));
		} else {
			const content = text.replace('@bea', bea.mention);
			const files = file === undefined ? [] : [{ name: file, data: 'bytes' }];
			said.set(name, await ana.send(general, { content, ...(sticker && { sticker_ids: [await aSticker(guild.id, owner)] }) }, files));
		}
	}
	const names = [...said.keys()];
	return {
		...{ guild, owner, ana, bea, general, names },
		linkTo: (name: string) => `https://discord.com/channels/${guild.id}/${general.id}/${said.get(name)?.id}`,
		/** Names of the lines that still stand there. */
		async left() {
			const there = new Set((await owner.messages(general)).map(({ id }) => id));
			return names.filter((name) => there.has(said.get(name)?.id ?? ''));
		}
	};
}

/** What a PNG begins with: Discord looks at the bytes. */
const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

async function aSticker(guildId: string, owner: Stage['owner']): Promise<string> {
	const file = { name: 'owl.png', data: pngSignature, type: 'image/png' };
	const fields = { name: 'owl', description: 'an owl', tags: 'owl' };
	return String(Object(await owner.api.post(`/guilds/${guildId}/stickers`, fields, [file])).id);
}

type Stage = Awaited<ReturnType<typeof stage>>;

const needs = /You need these permissions for that: Manage Messages/;
const deleted = (count: number) => (count === 1 ? 'One message is deleted.' : `${count} messages are deleted.`);
const casesOf = async ({ guild }: Stage) => {
	const prisma = shared.db;
	return prisma.moderationCase.findMany({ where: { guildId: BigInt(guild.id) } });
};

describe.each(scenes)('clear $filter', ({ filter, lines, gone, options = () => ({}) }) => {
	test(`typed by the owner: ${gone.join(', ')} goes; bea, who may not, changes nothing`, async () => {
		const scene = await stage(lines);
		const { owner, bea, general, names } = scene;
		const line = [`;clear ${filter}`, ...Object.values(options(scene.linkTo))].join(' ');

		const call = await bea.send(general, line);
		const refusal = await bea.expectMessage(general, needs);
		expect(await scene.left()).toEqual(names);
		// What she said and was told would fit some of the filters.
		await owner.remove(call);
		await owner.remove(refusal);

		await owner.send(general, line);
		await owner.expectMessage(general, deleted(gone.length));
		expect(await scene.left()).toEqual(names.filter((name) => !gone.includes(name)));
		expect(await casesOf(scene)).toMatchObject([{ type: 'purge', moderatorId: BigInt(owner.id), details: { count: gone.length } }]);
	});

	test('picked by the owner: the same goes; bea is refused, and she alone sees that', async () => {
		const scene = await stage(lines);
		const { owner, bea, general, names } = scene;
		const refused = await bea.slash(general, `purge ${filter}`, { ...options(scene.linkTo) });
		expect(refused).toMatchObject({ ephemeral: true, text: expect.stringMatching(needs) });
		expect(await scene.left()).toEqual(names);

		const answer = await owner.slash(general, `purge ${filter}`, { ...options(scene.linkTo) });
		expect(answer.text).toContain(deleted(gone.length));
		expect(await scene.left()).toEqual(names.filter((name) => !gone.includes(name)));
		expect(await casesOf(scene)).toMatchObject([{ type: 'purge', moderatorId: BigInt(owner.id), details: { count: gone.length } }]);
	});
});

test('what bots said goes by a command of its own too, not more of it than asked for', async () => {
	const scene = await stage([{ name: 'hello' }, { name: 'an answer', ofTheBot: true }]);
	const { owner, bea, general } = scene;
	const call = await bea.send(general, ';botpurge');
	const refusal = await bea.expectMessage(general, needs);
	await owner.remove(call);
	await owner.remove(refusal);
	const later = await owner.send(general, ';uptime').then(() => owner.expectMessage(general, ({ isBot }) => isBot));
	await owner.send(general, ';botpurge 1');
	await owner.expectMessage(general, deleted(1));
	expect(await scene.left()).toEqual(['hello', 'a call', 'an answer']);
	expect((await owner.messages(general)).some(({ id }) => id === later.id)).toBe(false);
});
