import type { Outcome } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { Decide, PrefixChange, PrefixRepository } from '#modules/prefixes/repository.js';

/** The prefixes in two maps. `onChange` stands for the settings hub: it is told after each change. */
export class PrefixesInMemory implements PrefixRepository {
	public readonly guilds = new Map<string, string>();
	public readonly selves = new Map<string, string>();
	public onChange: (slot: 'guild' | 'self', key: string) => Promise<void> | void = () => undefined;
	/** Set to make every answer fail. */
	public failure: Error | null = null;

	public guildPrefix = async (guildId: string) => this.#read(this.guilds, guildId);
	public selfPrefix = async (userId: string) => this.#read(this.selves, userId);
	public selfPrefixes = async () => this.#all(this.selves);

	public async guildPrefixes(guildIds: readonly string[]) {
		return new Map([...this.#all(this.guilds)].filter(([guildId]) => guildIds.includes(guildId)));
	}

	public changeGuild<Code extends string>({ guildId }: { guildId: string }, decide: Decide<Code>) {
		return this.#change('guild', this.guilds, guildId, decide);
	}

	public changeSelf<Code extends string>(userId: string, decide: Decide<Code>) {
		return this.#change('self', this.selves, userId, decide);
	}

	public async eraseSelf(_tx: Transaction, userId: string) {
		return this.selves.delete(userId) ? 1 : 0;
	}

	#read(map: ReadonlyMap<string, string>, key: string): string | null {
		return this.#all(map).get(key) ?? null;
	}

	#all(map: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
		if (this.failure !== null) throw this.failure;
		return new Map(map);
	}

	async #change<Code extends string>(
		slot: 'guild' | 'self',
		map: Map<string, string>,
		key: string,
		decide: Decide<Code>
	): Promise<Outcome<PrefixChange, Code>> {
		const before = this.#read(map, key);
		const decided = decide(before);
		if (!decided.ok) return decided;
		if (decided.value === null) map.delete(key);
		else map.set(key, decided.value);
		await this.onChange(slot, key);
		return { ok: true, value: { before, after: decided.value } };
	}
}
