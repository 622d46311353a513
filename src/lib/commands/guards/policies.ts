import type { SentenceValues } from '#lib/core/outcome.js';
import type { GuardRequest } from './guardRequest.js';

/** Why a guard says no: a key below `<module>:refusals` of the module that said it. */
export interface GuardRefusal {
	readonly module: string;
	readonly code: string;
	readonly values?: SentenceValues;
	readonly silent?: boolean;
}

export type GuardAnswer = GuardRefusal | null;

/** Answers from warm settings, so mostly at once. */
export type GuardPolicy = (request: GuardRequest) => GuardAnswer | Promise<GuardAnswer>;

/** The guards whose answer belongs to a module: each registers its own policies, several may stand behind one guard. */
export const POLICY_GUARDS = [
	'notBlacklisted',
	'guildAuthorised',
	'moduleEnabled',
	'commandEnabled',
	'notRestricted',
	'consented'
] as const;
export type PolicyGuard = (typeof POLICY_GUARDS)[number];

/** Permissions that a member has by the bot alone, as a Discord bit field. */
export type ExtraPermissions = (request: GuardRequest) => bigint | Promise<bigint>;

export class GuardPolicies {
	readonly #policies = new Map<PolicyGuard, { readonly check: GuardPolicy; readonly peek: GuardPolicy }[]>();
	readonly #extraPermissions: ExtraPermissions[] = [];

	/** `peek`: the same answer for who only wants to know, where `check` notes that it was given. */
	public register(guard: PolicyGuard, check: GuardPolicy, peek: GuardPolicy = check): void {
		this.#policies.set(guard, [...(this.#policies.get(guard) ?? []), { check, peek }]);
	}

	public registerPermissions(source: ExtraPermissions): void {
		this.#extraPermissions.push(source);
	}

	/** The first refusal of a guard's policies. */
	public ask(guard: PolicyGuard, request: GuardRequest): Promise<GuardAnswer> {
		return this.#first(guard, request, 'check');
	}

	/** As `ask`, for `diagnose`: nobody has been told anything. */
	public peek(guard: PolicyGuard, request: GuardRequest): Promise<GuardAnswer> {
		return this.#first(guard, request, 'peek');
	}

	public async extraPermissions(request: GuardRequest): Promise<bigint> {
		let bits = 0n;
		for (const source of this.#extraPermissions) bits |= await source(request);
		return bits;
	}

	async #first(guard: PolicyGuard, request: GuardRequest, way: 'check' | 'peek'): Promise<GuardAnswer> {
		for (const policy of this.#policies.get(guard) ?? []) {
			const answer = await policy[way](request);
			if (answer !== null) return answer;
		}
		return null;
	}
}
