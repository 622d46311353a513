import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import { notLoaded, type PersonSet } from '#lib/settings/personSet.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { type Consent, type ConsentState, policyVersion } from './domain.js';
import type { ConsentRepository } from './repository.js';

export const consentSlot = 'privacy.consent';

/** People known to have been told: a few megabytes. The set of all of them would grow for ever; a person too much costs one statement. */
const mostTold = 50_000;

export interface ConsentServiceOptions {
	/** Everyone who disagreed. */
	readonly declined: PersonSet<true>;
	readonly repository: ConsentRepository;
	readonly settings: Pick<SettingsHub, 'write' | 'onDropped'>;
	readonly clock: Pick<Clock, 'now'>;
}

/** What others ask of it. */
export type Consents = Pick<ConsentService, 'isDeclined' | 'hasDeclined' | 'state' | 'tell' | 'answer'>;

/** Whether a person was told what is stored, and what he said to it. */
export class ConsentService {
	readonly #options: ConsentServiceOptions;
	readonly #told = new LRUCache<string, true>({ max: mostTold });

	public constructor(options: ConsentServiceOptions) {
		this.#options = options;
		// Whoever had everything deleted is to be told again.
		options.settings.onDropped((key) => (key === null ? this.#told.clear() : this.#told.delete(key)));
	}

	/** From memory, for the hot path. While it is not known the answer is yes: better to store too little. */
	public isDeclined(userId: string): boolean {
		return this.#options.declined.getOr(userId, true) !== null;
	}

	/** For what hangs on a sure answer: asks storage while it is not known. */
	public async hasDeclined(userId: string): Promise<boolean> {
		const { declined, repository } = this.#options;
		const known = declined.get(userId);
		return (known === notLoaded ? await repository.hasDeclined(userId) : known) !== null;
	}

	public state(userId: string): Promise<ConsentState> {
		return this.#options.repository.read(userId);
	}

	/** Calls `show` for a person who was not told yet, once in all processes. When that fails it is as if it had not been tried. */
	public async tell(userId: string, show: () => Promise<void>): Promise<void> {
		const { declined, repository, clock } = this.#options;
		if (this.#told.has(userId) || declined.getOr(userId, null) !== null) return;
		// Before the claim: a second command of the same person in the meantime need not ask.
		this.#told.set(userId, true);
		const at = clock.now();
		try {
			if (!(await repository.claim(userId, policyVersion, at))) return;
			await show().catch(async (error: unknown) => {
				await repository.unclaim(userId, policyVersion, at);
				throw error;
			});
		} catch (error) {
			this.#told.delete(userId);
			throw error;
		}
	}

	/** Again the same is as good as once. */
	public async answer(userId: string, consent: Exclude<Consent, 'unknown'>): Promise<void> {
		const { repository, settings, clock } = this.#options;
		await settings.write(consentSlot, userId, { guildId: null }, (tx) =>
			repository.answer(tx, userId, consent, policyVersion, clock.now())
		);
	}
}
