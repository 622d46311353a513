import { expect, test } from 'vitest';
import { Actions } from '../../../src/modules/moderation/action.js';
import { banAction, unbanAction } from '../../../src/modules/moderation/actions/ban.js';
import { ByHand } from '../../../src/modules/moderation/service/byHand.js';
import { defaultSettings } from '../../../src/modules/moderation/settings.js';
import { FakeClock } from '../../support/fakeClock.js';

const deeds = { isBanned: async () => false, ban: async () => undefined, unban: async () => undefined };
const entry = (id: string, guildId: string, kind: 'ban' | 'unban') => ({
	...{ id, guildId, executorId: '4', targetId: '5', reason: null, at: 0 },
	deed: { kind }
});

test('what people do by hand is written in its order for each server, however long it takes to find out who they are', async () => {
	const actions = new Actions();
	actions.register(banAction(deeds, { running: async () => null }), unbanAction(deeds));
	const written: string[] = [];
	const asked = Promise.withResolvers<boolean>();
	const answers = [asked.promise];
	const byHand = new ByHand({
		actions,
		byHand: {
			async record({ order }) {
				written.push(`${order.type} ${order.guildId}`);
				return null;
			},
			close: async () => undefined
		},
		settings: async () => defaultSettings,
		isBot: async () => answers.shift() ?? false,
		clock: new FakeClock(),
		wake: () => undefined,
		botId: () => '8'
	});
	const all = [entry('1', '10', 'ban'), entry('2', '10', 'unban'), entry('3', '20', 'ban')].map((one) => byHand.onEntry(one));
	await all[2];
	expect(written).toEqual(['ban 20']);
	asked.resolve(false);
	await Promise.all(all);
	expect(written).toEqual(['ban 20', 'ban 10', 'unban 10']);
});
