import { DiscordAPIError } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FinishedJob, Job } from '#lib/jobs/types.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { Actions } from '../../../src/modules/moderation/action.js';
import { banAction } from '../../../src/modules/moderation/actions/ban.js';
import { auditReason } from '../../../src/modules/moderation/domain/order.js';
import { strangerOf } from '../../../src/modules/moderation/domain/target.js';
import type { MassParts } from '../../../src/modules/moderation/jobs/mass.js';
import { massbanJob } from '../../../src/modules/moderation/jobs/massban.js';
import type { OrderRequest } from '../../../src/modules/moderation/service/moderation.js';
import { defaultSettings } from '../../../src/modules/moderation/settings.js';
import { emptyTransaction } from '../../support/emptyTransaction.js';
import { aSituation, aTarget, role } from './support.js';

const unknownUser = () => new DiscordAPIError({ code: 10_013, message: 'Unknown User' }, 10_013, 404, 'PUT', '', {});
const serverError = () => new DiscordAPIError({ code: 0, message: 'Oops' }, 0, 500, 'PUT', '', {});
const ours = auditReason('raid', 'mod');

/** Discord with bans, with members by their rank, and with ids that nobody has. */
class Discord {
	public readonly bans = new Map<string, string>();
	public readonly unknown = new Set<string>();
	public readonly members = new Map<string, number>();
	public calls: string[] = [];
	public answersBulk = true;
	public away = false;

	public readonly bulkBan = async (_guild: string, ids: readonly string[], _seconds: number, reason: string) => {
		this.calls.push(`bulk ${ids.length}`);
		const banned = ids.filter((id) => !this.bans.has(id) && !this.unknown.has(id));
		for (const id of banned) this.bans.set(id, reason);
		return new Set(this.answersBulk ? banned : []);
	};
	public readonly findBan = async (_guild: string, id: string) => {
		const reason = this.bans.get(id);
		return reason === undefined ? null : { reason };
	};
	public readonly ban = async (_guild: string, id: string, _seconds: number, reason: string) => {
		this.calls.push(`ban ${id}`);
		if (this.away) throw serverError();
		if (this.unknown.has(id)) throw unknownUser();
		this.bans.set(id, reason);
	};
}

let discord: Discord;
let recorded: OrderRequest[];
const job: Job = {
	...{ id: 4, kind: 'moderation.massban', guildId: '1', channelId: '5', messageId: null, isHidden: false, actorId: '2', locale: 'en-US' },
	...{ title: { key: 'moderation:jobs.massban' }, permission: 'Administrator', payload: { reason: 'raid', deleteSeconds: 0 } },
	...{
		state: 'running',
		total: 3,
		done: 0,
		failed: 0,
		skipped: 0,
		attempts: 0,
		startedAt: 0,
		cancelledAt: null,
		cancellerId: null,
		endedAt: null
	}
};

function make(actor: 'there' | 'gone' = 'there') {
	const nothing = async () => undefined;
	const actions = new Actions();
	actions.register(banAction({ ...discord, isBanned: async () => false, unban: nothing }, { running: async () => null }));
	const parts: MassParts = {
		actions,
		closing: { ofJob: nothing },
		discord: { ...discord, allBans: async () => [], timeOut: nothing, unban: nothing },
		now: () => 0,
		orderOf: (request) => ({
			...{
				key: 'k',
				targetId: null,
				channelId: null,
				actorId: null,
				reason: null,
				durationMs: null,
				parentNumber: null,
				details: {},
				at: 0
			},
			...request
		}),
		record: async (_tx, request) => {
			recorded.push(request);
			return Promise.reject(new Error('Nobody looks at the case'));
		},
		settings: new CachedSettings({
			defaults: defaultSettings,
			derive: nothingDerived,
			source: { read: async () => null, readMany: async () => new Map() }
		}),
		situations: {
			readMany: async () =>
				actor === 'gone'
					? null
					: (id) => {
							const rank = discord.members.get(id);
							return aSituation({ target: rank === undefined ? strangerOf(id) : aTarget({ id, topRole: role(rank) }) });
						}
		},
		wake: () => undefined
	};
	return { ...massbanJob(parts), actions };
}

const items = (...keys: string[]) => keys.map((key) => ({ key, data: null }));
const statesOf = (results: readonly { key: string; state: string; why?: string }[]) =>
	Object.fromEntries(results.map(({ key, state, why }) => [key, why ?? state]));

beforeEach(() => {
	discord = new Discord();
	recorded = [];
});

describe('mass bans', () => {
	test('each is judged, and the rest is banned with one request', async () => {
		for (const [id, rank] of [
			['20', 1],
			['21', 6]
		] as const)
			discord.members.set(id, rank);
		const results = await make().run(items('20', '21', '22', '2', '8', '9'), job);
		expect(statesOf(results)).toEqual({
			...{ 20: 'done', 22: 'done', 21: 'target-above-you', 2: 'target-self', 8: 'target-bot', 9: 'target-owner' }
		});
		expect(discord.calls).toEqual(['bulk 2']);
	});

	test('who was banned before is left as he is; an id that nobody has is named', async () => {
		discord.bans.set('20', 'by hand');
		discord.unknown.add('21');
		expect(statesOf(await make().run(items('20', '21', '22'), job))).toEqual({ 20: 'skipped', 21: 'unknown-user', 22: 'done' });
		expect(discord.bans.get('20')).toBe('by hand');
	});

	test('a number that can be nobody’s id keeps nobody else from being banned', async () => {
		const tooLarge = '99999999999999999999';
		expect(statesOf(await make().run(items(tooLarge, '21', '2'), job))).toEqual({
			[tooLarge]: 'unknown-user',
			21: 'done',
			2: 'target-self'
		});
		expect(discord.calls).toEqual(['bulk 1']);
	});

	test('what an earlier try has banned without an answer counts as done', async () => {
		for (const id of ['20', '21']) discord.bans.set(id, ours);
		expect(statesOf(await make().run(items('20', '21'), job))).toEqual({ 20: 'done', 21: 'done' });
		discord.answersBulk = false;
		expect(statesOf(await make().run(items('22', '23'), job))).toEqual({ 22: 'done', 23: 'done' });
	});

	test('while Discord is away nothing is said of anybody', async () => {
		discord.unknown.add('20');
		discord.away = true;
		await expect(make().run(items('20'), job)).rejects.toThrow('Oops');
	});

	test('nobody is banned once who asked for it has left, or where a veto stands', async () => {
		expect(statesOf(await make('gone').run(items('20'), job))).toEqual({ 20: 'moderator-gone' });
		const { actions, run } = make();
		actions.addVeto('ban', 'other', () => ({ ok: false, code: 'no' }));
		expect(statesOf(await run(items('20'), job))).toEqual({ 20: 'kept' });
		expect(discord.bans.size).toBe(0);
	});

	test('there is one case with the counts, under the name of the job, and none when nobody was banned', async () => {
		const ended = { ...job, state: 'done', done: 2, failed: 1, endedAt: 5 } satisfies FinishedJob;
		await make()
			.finish?.(emptyTransaction, ended)
			.catch(() => undefined);
		expect(recorded).toEqual([
			{ type: 'massban', key: 'job-4', guildId: '1', actorId: '2', reason: 'raid', details: { total: 3, done: 2, failed: 1, skipped: 0 } }
		]);
		recorded = [];
		await make().finish?.(emptyTransaction, { ...ended, done: 0 });
		expect(recorded).toEqual([]);
	});
});
