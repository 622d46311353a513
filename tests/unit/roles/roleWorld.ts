import { accept, refuse } from '#lib/core/outcome.js';
import type { Job, JobItem } from '#lib/jobs/types.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import type { DueTimer } from '#lib/timers/types.js';
import { jailAction, unjailAction } from '../../../src/modules/moderation/actions/jail.js';
import { restoreAction } from '../../../src/modules/moderation/actions/restore.js';
import { stripAction, unstripAction } from '../../../src/modules/moderation/actions/strip.js';
import type { Case, Details } from '../../../src/modules/moderation/domain/case.js';
import type { JailEntry } from '../../../src/modules/moderation/domain/jail.js';
import { orderTimerKey } from '../../../src/modules/moderation/domain/order.js';
import type { ModerationDiscord } from '../../../src/modules/moderation/ports.js';
import { lookAtRestore } from '../../../src/modules/moderation/service/restoring.js';
import { roleAction, roleBackAction } from '../../../src/modules/roles/actions.js';
import type { RoleFacts } from '../../../src/modules/roles/domain.js';
import type { EndTemporary } from '../../../src/modules/roles/ending.js';
import type { RoleReader } from '../../../src/modules/roles/ports.js';
import type { TemporaryRoles } from '../../../src/modules/roles/repository.js';
import { RolesService } from '../../../src/modules/roles/service.js';
import { emptyTransaction } from '../../support/emptyTransaction.js';
import { moderationInMemory } from '../../support/moderationInMemory.js';
import { carriedBy, guildId, heldBy, isDangerous, type RoleScene, rankOf, roleIdOf } from './roleModel.js';

const personId = '3';
const jailRoleId = '700';
/** Below everybody: the ranks of people are asked in tests/integration/moderation/ranks. */
const lowest = { id: '800', position: 0.5 };

export interface Came {
	/** Null: it was done. */
	readonly code: string | null;
	/** What was asked of Discord: `give` and `take` of the role it is about. */
	readonly asked: readonly string[];
	readonly cases: number;
}

/** Every service that gives or takes roles, with a Discord that writes down what is asked of it. */
export function roleWorld() {
	const asked: string[] = [];
	const jail = new Map<string, JailEntry>();
	const there = new Map<string, RoleFacts>();
	let scene: RoleScene;
	let about = '';
	let held: readonly string[] = [];

	const becomes = (roleIds: readonly string[]) => {
		const [had, has] = [held.includes(about), roleIds.includes(about)];
		if (had !== has) asked.push(has ? 'give' : 'take');
		held = roleIds;
		show();
	};
	const discord: Pick<ModerationDiscord, 'addRole' | 'removeRole' | 'setRoles' | 'setMember' | 'setNickname'> = {
		addRole: async (_guildId, _userId, roleId) => becomes([...held, roleId]),
		removeRole: async (_guildId, _userId, roleId) => becomes(held.filter((id) => id !== roleId)),
		setRoles: async (_guildId, _userId, roleIds) => becomes(roleIds),
		setMember: async (_guildId, _userId, { roleIds }) => becomes(roleIds),
		setNickname: async () => undefined
	};
	const roles: RoleReader = {
		all: async () => there,
		async *members() {
			yield* [];
		}
	};
	const entries = {
		find: async (_guildId: string, userId: string) => jail.get(userId) ?? null,
		put: async (_tx: unknown, entry: JailEntry) => void jail.set(entry.userId, entry),
		remove: async (_tx: unknown, { userId }: { readonly userId: string }) => void jail.delete(userId)
	};
	const roleOf = async () => jailRoleId;
	const look = lookAtRestore.bind(null, {
		snapshots: { find: async () => ({ guildId, userId: personId, roleIds: [about], nickname: null, leftAt: 0 }) },
		...{ jailed: entries, roles: roles.all, roleOf, actions: { vetoesOf: () => [] }, manageNicknames: 0n }
	});
	const jailParts = { discord, roles: roles.all, entries, roleOf };
	const stripParts = { discord, roles: roles.all, jailed: entries };
	const forgetRoles = async () => undefined;
	const ended: string[] = [];
	const endTemporary: EndTemporary = async (_tx, { roleIds }) => void ended.push(...roleIds);
	const roleParts = { discord, roles, jail: { forgetRoles }, endTemporary };
	const memory = moderationInMemory([
		// What is kept about roles for a time lies in the database: tests/e2e/roles.
		{ ...roleAction(roleParts), record: async () => undefined },
		{ ...roleBackAction(roleParts), record: async () => undefined },
		jailAction(jailParts),
		unjailAction(jailParts),
		stripAction(stripParts),
		unstripAction(stripParts),
		restoreAction({ discord, look })
	]);
	const { moderation, due, state, orders, cases } = memory;
	const situations = {
		read: async ({ actorId, targetId }: { readonly actorId: string | null; readonly targetId: string | null }) => ({
			...state.situation,
			actor: actorId === null ? null : state.situation.actor,
			target: targetId === null ? null : state.situation.target
		})
	};
	const temporary = new Map<string, readonly string[]>();
	/** With which end somebody has the role for a time; null when nothing is kept of it any more. */
	let kept: { readonly endsAt: number } | null = null;
	let whileWaiting: () => void = () => undefined;
	const alone = async <T>(_about: unknown, work: () => Promise<T>) => {
		whileWaiting();
		return work();
	};
	const roleCases = {
		async open() {
			if (kept === null) return refuse('no-such-case' as const);
			return accept({ case: { ...endedCase('role', {}), expiresAt: kept.endsAt }, events: [], evidence: [], followers: [] });
		},
		changeDuration: () => Promise.reject(new Error('There is no case'))
	};
	const service = new RolesService({
		roles,
		moderation: {
			moderation: { alone },
			situations,
			deeds: discord,
			cases: roleCases,
			jail: { forgetRoles, isJailed: (_guildId, userId) => jail.has(userId) }
		},
		repository: { caseOf: async () => null, ofMember: async () => (kept === null ? [] : [{ roleId: about, caseNumber: 1 }]) },
		endTemporary,
		hub: { writeAll: (work) => work(emptyTransaction, async () => undefined) },
		wake: () => undefined,
		temporary: new CachedSettings<{ readonly persons: TemporaryRoles }>({
			defaults: { persons: new Map() },
			derive: nothingDerived,
			source: { read: async () => ({ persons: temporary }), readMany: async () => new Map() }
		}),
		jobs: { find: async () => null, items: async () => [] },
		...{ clock: { now: () => 0, onJump: () => () => undefined }, manageRoles: 1n << 28n, backReason: () => 'back' }
	});

	function show(): void {
		const isOwner = scene.actor === 'owner';
		const topRole = scene.actor === 'owner' ? { id: guildId, position: 0 } : rankOf(scene.actor);
		state.situation = {
			...{ guildId, guildName: 'Home', ownerId: '9', now: 0 },
			actor: { id: isOwner ? '9' : '2', username: 'mod', topRole, permissions: heldBy(scene) },
			bot: { id: '8', username: 'evict', topRole: rankOf(scene.bot), permissions: 1n << 28n },
			target: {
				...{ id: personId, username: 'tess', isBot: false, inServer: true, topRole: lowest, roleIds: held, isAdministrator: false },
				...{ timedOutUntil: null, nickname: null, joinedAt: 0, boosts: false, voice: null }
			}
		};
	}

	/** Everybody where the scene has him; `has`: the person has the role. */
	function place(next: RoleScene, has: boolean): void {
		scene = next;
		about = roleIdOf(scene);
		there.clear();
		there.set(jailRoleId, { id: jailRoleId, position: 0.1, name: 'jail', managed: false, permissions: 0n, isDangerous: false });
		if (scene.role !== 'gone')
			there.set(about, {
				...(scene.role === 'everyone' ? { id: guildId, position: 0 } : rankOf(scene.stands)),
				...{ name: 'Role', managed: scene.role === 'managed', permissions: carriedBy(scene), isDangerous: isDangerous(scene) }
			});
		held = has ? [about] : [];
		for (const things of [orders, jail]) things.clear();
		cases.length = 0;
		asked.length = 0;
		show();
	}

	const actorId = () => (scene.actor === 'owner' ? '9' : '2');
	const order = (type: string, details: Details, by: 'hand' | 'itself' = 'hand') =>
		moderation.orderOf({ type, guildId, targetId: personId, actorId: by === 'hand' ? actorId() : null, details });
	const came = (code: string | null): Came => ({ code, asked: [...asked], cases: cases.length });
	const timer = (payload: object | null): DueTimer => ({
		...{ kind: 'x', key: `${guildId}-1`, guildId, dueAt: 0, payload: JSON.parse(JSON.stringify(payload)), attempts: 0 },
		...{ finish: async () => undefined, moveTo: async () => undefined }
	});
	const changes = (change: 'give' | 'take'): Details => (change === 'give' ? { add: [about], remove: [] } : { add: [], remove: [about] });

	return {
		there,
		memory,
		/** Somebody does it to one person, through the one door. */
		async perform(next: RoleScene, has: boolean, type: string, detailsOf: (roleId: string) => Details): Promise<Came> {
			place(next, has);
			const outcome = await moderation.perform(order(type, detailsOf(about)));
			return came(outcome.ok ? null : outcome.code);
		},
		/** The command gave the order, and the process died: the timer goes on with it. */
		async finish(next: RoleScene, has: boolean, type: string, detailsOf: (roleId: string) => Details): Promise<Came> {
			place(next, has);
			const cut = order(type, detailsOf(about));
			orders.set(orderTimerKey(cut), cut);
			await due.finish(timer(cut));
			return came(null);
		},
		/** A change of roles for a time is over. */
		async expire(next: RoleScene, had: 'give' | 'take'): Promise<Came> {
			place(next, had === 'give');
			cases.push(endedCase('role', changes(had)));
			const result = await due.expire(timer(null));
			return came(result === 'done' ? null : 'retry');
		},
		/** Somebody is let out of the jail: by hand, or since his time is over. */
		async unjail(next: RoleScene, by: 'hand' | 'itself'): Promise<Came> {
			place(next, false);
			jail.set(personId, { guildId, userId: personId, roleIds: [about], caseNumber: 1, at: 0 });
			held = [jailRoleId];
			show();
			if (by === 'hand') return came((await moderation.perform(order('unjail', {}))).ok ? null : 'refused');
			cases.push(endedCase('jail', {}));
			return came((await due.expire(timer(null))) === 'done' ? null : 'retry');
		},
		/** May somebody do it to many; and one item of the work, at its own time. */
		async many(next: RoleScene, change: 'give' | 'take'): Promise<readonly [question: string | null, item: Came]> {
			place(next, change === 'take');
			const mass = { roleId: about, change: change === 'give' ? ('add' as const) : ('remove' as const) };
			const may = await service.mayChange(guildId, actorId(), mass);
			const item: JobItem = { key: personId, data: null };
			const result = await service.runOne(item, aJob({ actorId: actorId(), payload: mass }));
			return [may.ok ? null : may.code, came(result.state === 'failed' ? result.why : null)];
		},
		/** It was taken from one of the many before a crash. Answers what of it has ended, with what became of the item. */
		async manyAgain(next: RoleScene): Promise<readonly string[]> {
			place(next, false);
			temporary.set(personId, [about]);
			ended.length = 0;
			const { state } = await service.runOne(
				{ key: personId, data: null },
				aJob({ actorId: actorId(), payload: { roleId: about, change: 'remove' } })
			);
			return [state, ...ended.map((id) => (id === about ? 'it' : id))];
		},
		/** The bot itself is one of the many. */
		async manyAtBot(next: RoleScene, permissions: bigint): Promise<Came> {
			place(next, false);
			const { bot, target } = state.situation;
			state.situation = { ...state.situation, bot: { ...bot, permissions }, target: target && { ...target, id: bot.id } };
			const payload = { roleId: about, change: 'add' } as const;
			const result = await service.runOne({ key: bot.id, data: null }, aJob({ actorId: actorId(), payload }));
			return came(result.state === 'failed' ? result.why : null);
		},
		/** Somebody who has it for a time comes back. `ends`: when, or at the moment in which he comes. */
		async rejoin(next: RoleScene, { isJailed = false, ends = 'later' as 'later' | 'before' | 'meanwhile' } = {}): Promise<Came> {
			place(next, false);
			kept = { endsAt: ends === 'before' ? 0 : 1 };
			whileWaiting = () => {
				if (ends === 'meanwhile') kept = null;
			};
			if (isJailed) jail.set(personId, { guildId, userId: personId, roleIds: [about], caseNumber: 1, at: 0 });
			temporary.set(personId, [about]);
			await service.onJoin(guildId, personId);
			return came(null);
		}
	};
}

function endedCase(type: string, details: Details): Case {
	return {
		...{ guildId, number: 1, type, userId: personId, channelId: null, moderatorId: '2', reason: null, at: -1, expiresAt: 1, details },
		...{ state: 'active', closedAt: null, parentNumber: null, external: false, log: null }
	};
}

function aJob(change: Pick<Job, 'actorId' | 'payload'>): Job {
	return {
		...{ id: 1, kind: 'roles.mass', guildId, channelId: '5', messageId: null, isHidden: false, locale: 'en-US', permission: 'ManageRoles' },
		...{ title: { key: 'roles:mass.add-all' }, state: 'running', total: 1, done: 0, failed: 0, skipped: 0, attempts: 0, startedAt: 0 },
		...{ cancelledAt: null, cancellerId: null, endedAt: null },
		...change
	};
}
