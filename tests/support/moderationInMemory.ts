import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { type Action, Actions } from '../../src/modules/moderation/action.js';
import type { Case } from '../../src/modules/moderation/domain/case.js';
import { type Order, orderTimerKey, type SentMessage } from '../../src/modules/moderation/domain/order.js';
import type { SituationReader } from '../../src/modules/moderation/ports.js';
import type { CaseRepository } from '../../src/modules/moderation/repository/cases.js';
import type { Recording } from '../../src/modules/moderation/repository/record.js';
import type { About } from '../../src/modules/moderation/service/alone.js';
import { ModerationDue } from '../../src/modules/moderation/service/due.js';
import { LogHealth } from '../../src/modules/moderation/service/logHealth.js';
import { Moderation } from '../../src/modules/moderation/service/moderation.js';
import { defaultSettings, type ModerationSettings } from '../../src/modules/moderation/settings.js';
import { aSituation } from '../unit/moderation/support.js';
import { emptyTransaction } from './emptyTransaction.js';
import { recordingLogger } from './recordingLogger.js';

/** Moderation without Discord and without a database: orders and cases lie in `orders` and `cases`. */
export function moderationInMemory(actions: readonly Action[], settings: Partial<ModerationSettings> = {}) {
	const state = { now: 1_000_000, situation: aSituation(), hasLeft: new Set<string>() };
	/** Direct messages that are there, by the keys of their orders. */
	const told = new Set<string>();
	const takeBack = async ({ messageId }: SentMessage) => void told.delete(messageId);
	const orders = new Map<string, Order>();
	const cases: Case[] = [];
	const registry = new Actions();
	registry.register(...actions);
	const write = async ({ order, action }: Recording): Promise<Case> => {
		const { guildId, targetId: userId, channelId, actorId: moderatorId, reason, at, parentNumber, details } = order;
		const one: Case = {
			...{ guildId, userId, channelId, moderatorId, reason, at, parentNumber, details },
			...{ number: cases.length + 1, type: action.type, expiresAt: null, state: 'active', closedAt: null, external: false, log: null }
		};
		cases.push(one);
		await action.record?.(emptyTransaction, order, one.number, async () => undefined);
		return one;
	};
	const repository: CaseRepository = {
		find: async (_guildId, number) => cases[number - 1] ?? null,
		findByOrder: async () => null,
		async begin(order) {
			orders.set(orderTimerKey(order), order);
		},
		running: async () => null,
		allRunning: async () => [],
		activeIn: async (_guildId, type, channelId) =>
			cases.findLast((one) => one.type === type && one.channelId === channelId && one.userId === null && one.state === 'active') ?? null,
		underWay: async () => [...orders.values()],
		unfinished: async (about) => orders.get(orderTimerKey(about)) ?? null,
		async note(order) {
			if (orders.has(orderTimerKey(order))) orders.set(orderTimerKey(order), order);
		},
		async drop(order) {
			orders.delete(orderTimerKey(order));
		},
		complete: async (recording) => (orders.delete(orderTimerKey(recording.order)) ? write(recording) : null),
		async completeDue(recording) {
			orders.delete(orderTimerKey(recording.order));
			return write(recording);
		},
		record: async (_tx, recording) => write(recording),
		expire: async () => undefined,
		posted: async () => undefined
	};
	const situations: SituationReader = {
		async read({ actorId, targetId }) {
			if (actorId !== null && state.hasLeft.has(actorId)) return null;
			return {
				...state.situation,
				now: state.now,
				actor: actorId === null ? null : state.situation.actor,
				target: targetId === null ? null : state.situation.target
			};
		}
	};
	const keyValue = memoryKeyValue({ logger: recordingLogger() });
	const clock = { now: () => state.now, onJump: () => () => undefined };
	const common = {
		actions: registry,
		cases: repository,
		situations,
		settings: new CachedSettings<ModerationSettings>({
			defaults: { ...defaultSettings, ...settings },
			derive: nothingDerived,
			source: { read: async () => null, readMany: async () => new Map() }
		}),
		clock,
		logHealth: new LogHealth(keyValue, clock),
		alone: <T>(_about: About, work: () => Promise<T>) => work(),
		wake: () => undefined,
		botId: () => '8'
	};
	const due = new ModerationDue({
		...common,
		voice: { post: async () => 'gone', mention: async () => undefined, takeBack },
		evidenceOf: async () => [],
		forgetLogChannel: async () => undefined,
		log: { warn: () => undefined },
		overReason: (_guildId, number) => `over ${number}`
	});
	let keys = 0;
	const moderation = new Moderation({
		...common,
		voice: {
			async tell({ key }) {
				told.add(key);
				return { channelId: '9', messageId: key };
			},
			takeBack
		},
		newKey: () => `order-${++keys}`
	});
	return { moderation, due, state, orders, cases, told };
}
