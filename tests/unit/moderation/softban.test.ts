import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { softbanAction } from '../../../src/modules/moderation/actions/softban.js';
import { auditReason, type Order } from '../../../src/modules/moderation/domain/order.js';
import type { Situation, Target } from '../../../src/modules/moderation/domain/situation.js';
import { carriedOut as carriedOutOf } from '../../../src/modules/moderation/service/carriedOut.js';
import { aSituation, aTarget } from './support.js';

const order: Order = {
	...{ key: 'k', type: 'softban', guildId: '1', targetId: '3', channelId: null, actorId: '2', reason: 'adverts' },
	...{ durationMs: null, parentNumber: null, details: {}, at: 1_000 }
};

/** Discord with one person who may be banned there. */
function discordWith(reason: string | null | undefined) {
	const calls: string[] = [];
	let ban = reason === undefined ? null : { reason };
	return {
		calls,
		findBan: async () => ban,
		async ban(_guild: string, _user: string, _seconds: number, why: string) {
			calls.push('ban');
			ban = { reason: why };
		},
		async unban() {
			calls.push('unban');
			ban = null;
		}
	};
}

const seen = (target: Partial<Target>, actor: Situation['actor'] = aSituation().actor) =>
	aSituation({ target: aTarget({ id: '3', ...target }), actor });
const ours = auditReason('adverts', 'mod');
const outside = { inServer: false } as const;

test.each([
	['not begun: he is still there', undefined, { joinedAt: 0 }, false, []],
	['done: he is out and not banned', undefined, outside, true, []],
	['done: he has come back since', undefined, { joinedAt: 2_000 }, true, []],
	['cut short between ban and unban: it is ended', ours, outside, true, ['ban', 'unban']],
	['somebody else has banned him: that ban stays', auditReason('raid', 'mia'), outside, false, []],
	['somebody has banned him by hand: that ban stays', 'adverts', outside, false, []]
])('%s', async (_, ban, target, carriedOut, calls) => {
	const discord = discordWith(ban);
	expect((await carriedOutOf(softbanAction(discord), seen(target), order)) !== null).toBe(carriedOut);
	expect(discord.calls).toEqual(calls);
});

test('cut short, it is ended also when its moderator has left', async () => {
	const discord = discordWith(ours);
	expect(await carriedOutOf(softbanAction(discord), seen(outside, null), order)).toEqual(order);
	expect(discord.calls).toEqual(['ban', 'unban']);
});

test('when Discord refuses to lift the ban, that is told', async () => {
	const refused = new DiscordAPIError({ code: 50_013, message: 'Missing Permissions' }, 50_013, 403, 'DELETE', '', {});
	const discord = { ...discordWith(undefined), unban: () => Promise.reject(refused) };
	const { do: carryOut, remarks } = softbanAction(discord);
	const details = await carryOut(seen({}), order, ours);
	expect(details && remarks?.(details)).toEqual([{ code: 'stays' }]);
	expect(remarks?.({})).toEqual([]);
});

test('only a member can be put out', async () => {
	const { check } = softbanAction(discordWith(undefined));
	expect(await check?.(seen({}), order)).toMatchObject({ ok: true });
	expect(await check?.(seen(outside), order)).toMatchObject({ ok: false, code: 'not-a-member' });
});
