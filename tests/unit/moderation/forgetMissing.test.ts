import { HTTPError } from 'discord.js';
import { expect, test } from 'vitest';
import { accept } from '#lib/core/outcome.js';
import { Actions } from '../../../src/modules/moderation/action.js';
import { ModerationSetup } from '../../../src/modules/moderation/service/setup.js';
import { defaultSettings, type ModerationSettings } from '../../../src/modules/moderation/settings.js';
import { FakeClock } from '../../support/fakeClock.js';

/** Two servers with a log channel 40 and a protected role 50; `line` writes into the log channel. */
function make(line: () => Promise<void>) {
	const set = (): ModerationSettings => ({ ...defaultSettings, logChannelId: '40', protectedRoleIds: ['50'] });
	const stored = new Map([
		['1', set()],
		['2', set()]
	]);
	const of = (guildId: string) => stored.get(guildId) ?? defaultSettings;
	const setup = new ModerationSetup({
		config: {
			readMany: async (guildIds) => new Map(guildIds.map((guildId) => [guildId, of(guildId)])),
			async change({ guildId }, decide) {
				const before = of(guildId);
				const decided = decide(before);
				if (!decided.ok) return decided;
				const after = { ...before, ...decided.value };
				stored.set(guildId, after);
				return accept({ before, after });
			}
		},
		settings: async (guildId) => of(guildId),
		actions: new Actions(),
		voice: { line },
		logHealth: { worked: async () => undefined },
		clock: new FakeClock()
	});
	const everywhere = (...ids: string[]) => new Map([...stored.keys()].map((guildId) => [guildId, new Set(ids)]));
	return { setup, of, everywhere };
}

test('what is gone is forgotten in every server, also where Discord does not take the note about it', async () => {
	const { setup, of, everywhere } = make(async () => {
		throw new HTTPError(503, 'Service Unavailable', 'POST', 'https://discord.com', {});
	});
	await setup.forgetMissing({ roles: everywhere(), channels: everywhere('40') }, '9');
	for (const guildId of ['1', '2']) expect(of(guildId)).toMatchObject({ protectedRoleIds: [], logChannelId: '40' });
});

test('a server whose roles or channels were not told keeps what it has', async () => {
	const { setup, of, everywhere } = make(async () => undefined);
	await setup.forgetMissing({ roles: everywhere(), channels: new Map([['1', new Set()]]) }, '9');
	expect(of('1')).toMatchObject({ protectedRoleIds: [], logChannelId: null });
	expect(of('2')).toMatchObject({ protectedRoleIds: ['50'], logChannelId: '40' });
});
