import { expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.js';

interface Identify {
	readonly properties: { readonly os: string; readonly browser: string };
	readonly intents: number;
	readonly shard: readonly [number, number];
}

async function identifies({ discord }: House): Promise<Identify[]> {
	const answer: { [Symbol.iterator](): Iterator<unknown> } = JSON.parse(JSON.stringify(await discord.control('GET', '/identifies')));
	return [...answer] as Identify[];
}

test('the bot introduces itself as the mobile application when it is told to, and asks for no presences', async () => {
	await using house = await openHouse({ env: { MOBILE_STATUS: 'true' } });
	const [identify] = await identifies(house);
	expect(identify?.properties).toMatchObject({ os: 'iOS', browser: 'Discord iOS' });
	expect(identify?.shard).toEqual([0, 1]);
	const [members, presences, content] = [1 << 1, 1 << 8, 1 << 15];
	expect((identify?.intents ?? 0) & (members | presences | content)).toBe(members | content);
});

test('with nothing cached a typed command asks Discord for no member: the one who wrote comes with the message', async () => {
	await using house = await openHouse({ env: { CACHE_SIZE: 'none' } });
	const { home } = house.discord;
	const general = home.channel('general');
	const [ana, bob] = home.members;
	for (const person of [ana, bob]) {
		await person?.connect();
		await person?.send(general, ';timezone');
		await person?.expectMessage(general, (message) => message.isBot && message.text.includes(person.id));
	}
	expect(await house.discord.requests(({ method, path }) => method === 'GET' && /\/members\/\d+$/.test(path))).toEqual([]);
	const [identify] = await identifies(house);
	expect(identify?.properties.browser, 'as what it is, when it is told nothing else').not.toContain('iOS');
});
