import { PermissionFlagsBits, PermissionsBitField, type PermissionsString } from 'discord.js';
import type { CommandKit } from '../kit.js';
import type { GuardRequest } from './guardRequest.js';
import type { GuardAnswer, PolicyGuard } from './policies.js';

/** What a guard may ask. */
export type GuardKit = Pick<CommandKit, 'policies' | 'cooldowns' | 'staff'>;

export interface Guard {
	/** May use something up: a cooldown does. */
	check(request: GuardRequest, kit: GuardKit): GuardAnswer | Promise<GuardAnswer>;
	/** The same without using anything up, for `diagnose`. Missing when `check` uses nothing up. */
	peek?(request: GuardRequest, kit: GuardKit): GuardAnswer | Promise<GuardAnswer>;
	/** Also asked before a button, select or modal is answered. */
	readonly components: boolean;
}

/** Without these the bot cannot answer at all. */
const ANSWERING: readonly PermissionsString[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];
/** Discord: writing in a thread is a right of its own, and the one for channels says nothing there. */
const ANSWERING_IN_THREAD: readonly PermissionsString[] = ['ViewChannel', 'SendMessagesInThreads', 'EmbedLinks'];

const refuse = (code: string, values = {}): GuardAnswer => ({ module: 'commands', code, values });

const policy = (name: PolicyGuard, components = true): Guard => ({
	check: (request, kit) => kit.policies.ask(name, request),
	peek: (request, kit) => kit.policies.peek(name, request),
	components
});

/**
 * Every guard of a command, in the order in which they are asked (features 1.10). The first refusal is the answer.
 *
 * `notBlacklisted` and `guildAuthorised` are global preconditions; the others hang on each leaf, since one slash root can hold
 * leaves of several modules.
 */
export const guards = {
	notBlacklisted: policy('notBlacklisted'),
	guildAuthorised: policy('guildAuthorised'),
	rightPlace: {
		components: false,
		check({ leaf, guildId }) {
			if (leaf.where === 'guild' && guildId === null) return refuse('guild-only');
			return leaf.where === 'dm' && guildId !== null ? refuse('dm-only') : null;
		}
	},
	moduleEnabled: policy('moduleEnabled'),
	commandEnabled: policy('commandEnabled', false),
	notRestricted: policy('notRestricted', false),
	staffOnly: {
		components: false,
		check({ leaf, userId }, { staff }) {
			const needed = leaf.permissions.staff;
			if (needed === null || staff.owners.has(userId)) return null;
			return needed === 'staff' && staff.staff.has(userId) ? null : refuse('staff-only');
		}
	},
	memberPermissions: {
		components: false,
		async check(request, { policies }) {
			const { leaf, guildId, guildOwnerId, userId, memberPermissions } = request;
			if (guildId === null || userId === guildOwnerId) return null;
			if (leaf.permissions.guildOwner) return refuse('guild-owner-only');
			if (leaf.permissions.member.length === 0) return null;
			const real = missingOf(leaf.permissions.member, memberPermissions);
			if (real.length === 0) return null;
			const missing = missingOf(real, await policies.extraPermissions(request));
			return missing.length === 0 ? null : refuse('missing-permissions', { permissions: missing.join(', ') });
		}
	},
	consented: policy('consented', false),
	botPermissions: {
		components: false,
		check({ leaf, botPermissions, flow, parentChannelId }) {
			const answering = parentChannelId === null ? ANSWERING : ANSWERING_IN_THREAD;
			const missing = missingOf([...(flow === 'prefix' ? answering : []), ...leaf.permissions.bot], botPermissions);
			return missing.length === 0 ? null : refuse('bot-missing-permissions', { permissions: missing.join(', ') });
		}
	},
	cooldown: {
		components: false,
		async check({ leaf, userId, guildId, channelId }, { cooldowns }) {
			const cooling = await cooldowns.use(leaf, { userId, guildId, channelId });
			return cooling === null ? null : { module: 'commands', code: 'cooldown', values: { count: cooling.seconds }, silent: cooling.told };
		},
		async peek({ leaf, userId, guildId, channelId }, { cooldowns }) {
			const cooling = await cooldowns.peek(leaf, { userId, guildId, channelId });
			return cooling === null ? null : refuse('cooldown', { count: cooling.seconds });
		}
	}
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;

export const guardOrder = Object.keys(guards) as readonly GuardName[];

/** Asked for every command by position, not by leaf. */
export const globalGuards: readonly GuardName[] = ['notBlacklisted', 'guildAuthorised'];

/** What hangs on every leaf. */
export const leafGuards: readonly GuardName[] = guardOrder.filter((name) => !globalGuards.includes(name));

/** Walks every guard without using anything up and says what each answers: what `diagnose` shows. */
export async function explain(
	request: GuardRequest,
	kit: GuardKit
): Promise<readonly { readonly guard: GuardName; readonly answer: GuardAnswer }[]> {
	const answers: { guard: GuardName; answer: GuardAnswer }[] = [];
	for (const name of guardOrder) {
		const guard: Guard = guards[name];
		answers.push({ guard: name, answer: await (guard.peek ?? guard.check)(request, kit) });
	}
	return answers;
}

/** The first refusal of the given guards. */
export async function firstRefusal(names: readonly GuardName[], request: GuardRequest, kit: GuardKit): Promise<GuardAnswer> {
	for (const name of names) {
		const answer = await guards[name].check(request, kit);
		if (answer !== null) return answer;
	}
	return null;
}

/** As `firstRefusal`, and nothing is used up or noted as told. */
export async function wouldRefuse(names: readonly GuardName[], request: GuardRequest, kit: GuardKit): Promise<GuardAnswer> {
	for (const name of names) {
		const guard: Guard = guards[name];
		const answer = await (guard.peek ?? guard.check)(request, kit);
		if (answer !== null) return answer;
	}
	return null;
}

function missingOf(needed: readonly PermissionsString[], held: bigint): readonly PermissionsString[] {
	if ((held & PermissionFlagsBits.Administrator) !== 0n) return [];
	return new PermissionsBitField(held).missing([...needed], false);
}
