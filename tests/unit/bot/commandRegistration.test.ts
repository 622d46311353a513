import { ApplicationCommandType, REST } from 'discord.js';
import { expect, test } from 'vitest';
import { registerCommands } from '#lib/client/commandRegistration.js';

const applicationId = '123456789012345678';
const ping = { name: 'ping', description: 'See how fast I answer', type: ApplicationCommandType.ChatInput } as const;
const help = { name: 'help', description: 'See what I can do', type: ApplicationCommandType.ChatInput } as const;

/** Discord's list of commands and our memory of it. */
function make() {
	const stored = new Map<string, unknown>();
	const puts: unknown[] = [];
	const state = { list: [] as unknown[] };
	const rest = new REST({
		makeRequest: async (_url, init) => {
			if (init.method === 'PUT') {
				state.list = JSON.parse(String(init.body));
				puts.push(state.list);
			}
			return new Response(JSON.stringify(state.list), { headers: { 'content-type': 'application/json' } });
		}
	}).setToken('x');
	const facts = {
		read: async (key: string) => stored.get(key) ?? null,
		write: async (key: string, value: string) => void stored.set(key, value)
	};
	const register = (commands: (typeof ping | typeof help)[], id = applicationId) =>
		registerCommands({ applicationId: id, rest, facts, commands });
	return { register, puts, state, facts };
}

test('commands are told once, and again only when they changed', async () => {
	const { register, puts } = make();
	expect(await register([ping])).toBe(true);
	expect(await register([ping])).toBe(false);
	expect(await register([ping, help])).toBe(true);
	expect(puts).toEqual([[ping], [ping, help]]);
});

test('a list that was emptied behind our back is told again', async () => {
	const { register, state } = make();
	await register([ping]);
	state.list = [];
	expect(await register([ping])).toBe(true);
});

test('another application is told too', async () => {
	const { register } = make();
	await register([ping]);
	expect(await register([ping], '223456789012345678')).toBe(true);
});

test('a list that Discord did not take is not remembered as told', async () => {
	const { register, facts } = make();
	const failing = new REST({
		retries: 0,
		makeRequest: async (_url, init) =>
			new Response('[]', { status: init.method === 'PUT' ? 500 : 200, headers: { 'content-type': 'application/json' } })
	}).setToken('x');
	await expect(registerCommands({ applicationId, rest: failing, facts, commands: [ping] })).rejects.toThrow();
	expect(await register([ping])).toBe(true);
});
