import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { PersonTable, PrivacyRegistry } from '#lib/privacy/registry.js';
import { asJson } from '#lib/settings/asJson.js';
import { notLoaded, type PersonSet } from '#lib/settings/personSet.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Consents } from './consent.js';
import { type Forgotten, isOptedOut, type OptOutFeature, optOutBits, type PersonalData, type TableData } from './domain.js';
import type { OptOutRepository } from './repository.js';

export const optOutSlot = 'privacy.optOut';

export interface PrivacyServiceOptions {
	readonly consent: Consents;
	readonly optOuts: PersonSet<number>;
	readonly repository: OptOutRepository;
	readonly settings: Pick<SettingsHub, 'writeAll'>;
	readonly registry: PrivacyRegistry;
	readonly report: (error: unknown, table: string) => void;
}

/** What is stored about a person: shown, switched off, handed over, deleted. */
export class PrivacyService {
	readonly #options: PrivacyServiceOptions;

	public constructor(options: PrivacyServiceOptions) {
		this.#options = options;
	}

	/** What the person said to the notice about what is stored. */
	public get consent(): Consents {
		return this.#options.consent;
	}

	/**
	 * From memory, for the hot path. While it is not known the answer is yes: better to store too little.
	 * Whoever disagreed to everything has opted out of each.
	 */
	public isOptedOut(userId: string, feature: OptOutFeature): boolean {
		if (this.consent.isDeclined(userId)) return true;
		const bits = this.#options.optOuts.get(userId);
		return bits === notLoaded || isOptedOut(bits ?? 0, feature);
	}

	/** For what hangs on a sure answer, such as deleting: asks storage while it is not known. */
	public async hasOptedOut(userId: string, feature: OptOutFeature): Promise<boolean> {
		return (await this.consent.hasDeclined(userId)) || isOptedOut(await this.switches(userId), feature);
	}

	/** The switches as they are stored. */
	public async switches(userId: string): Promise<number> {
		const bits = this.#options.optOuts.get(userId);
		return (bits === notLoaded ? await this.#options.repository.read(userId) : bits) ?? 0;
	}

	/** Opting out also deletes what is stored for that feature, in the same transaction. Answers how many rows went. */
	public async setOptOut(
		userId: string,
		feature: OptOutFeature,
		on: boolean
	): Promise<Outcome<{ readonly erased: number }, 'already-on' | 'already-off'>> {
		const { repository, settings, registry } = this.#options;
		return settings.writeAll(async (tx, record) => {
			if (!(await repository.set(tx, userId, optOutBits[feature], on))) return refuse(on ? 'already-on' : 'already-off');
			await record(optOutSlot, userId, { guildId: null });
			let erased = 0;
			if (on) for (const erase of registry.optOutErasures(feature)) erased += await erase(tx, userId, record);
			return accept({ erased });
		});
	}

	/** Everything stored about the person, by module. `describe` turns a message key into a sentence. */
	public async export(userId: string, describe: (key: PersonTable['describe']) => string): Promise<PersonalData> {
		const data: Record<string, Record<string, TableData>> = {};
		for (const table of this.#options.registry.persons) {
			const rows = await table.export(userId);
			if (rows.length === 0) continue;
			const tables = data[table.module] ?? {};
			tables[table.table] = { about: describe(table.describe), keptForDays: table.retention?.days ?? null, rows: rows.map(asJson) };
			data[table.module] = tables;
		}
		return data;
	}

	/** Each table in a transaction of its own: one that fails does not keep the others, and doing it again is safe. */
	public async forget(userId: string): Promise<Forgotten<PersonTable['describe']>> {
		const { registry, report } = this.#options;
		let erased = 0;
		const kept: { table: string; count: number; reason: PersonTable['describe'] }[] = [];
		const failed: string[] = [];
		for (const table of registry.persons) {
			try {
				const erasure = await this.#eraseFrom(table, userId);
				erased += erasure.erased;
				if (erasure.kept) kept.push({ table: table.table, ...erasure.kept });
			} catch (error) {
				failed.push(table.table);
				report(error, table.table);
			}
		}
		return { erased, kept, failed };
	}

	#eraseFrom(table: PersonTable, userId: string) {
		const { registry, settings } = this.#options;
		return settings.writeAll(async (tx, record) => {
			const erasure = await table.erase(tx, userId, record);
			if (erasure.erased > 0 || erasure.kept) {
				for (const slot of registry.slotsOf(table.table)) await record(slot, userId, { guildId: null });
			}
			return erasure;
		});
	}
}
