import type { TimerQueue } from '#lib/timers/timerQueue.js';
import type { LeasedRow } from '#lib/timers/timerRows.js';
import { type DueTimer, LeaseLost } from '#lib/timers/types.js';

interface FakeRow {
	dueAt: number;
	attempts: number;
	token: string | null;
	failedAt: number | null;
	lastError: string | null;
}

/** The table in memory: a row has no lease time, it is taken until it is put back. */
export class FakeTimerQueue implements TimerQueue {
	public readonly rows = new Map<string, FakeRow & { kind: string }>();
	public readonly said: string[] = [];
	/** Thrown by the next claim, once. */
	public fault: Error | null = null;
	#tokens = 0;

	public add(key: string, dueAt: number, kind = 'tea'): void {
		this.rows.set(key, { kind, dueAt, attempts: 0, token: null, failedAt: null, lastError: null });
	}

	public async claim(kinds: readonly string[], now: number, limit: number): Promise<LeasedRow[]> {
		const { fault } = this;
		this.fault = null;
		this.said.push('claim');
		if (fault) throw fault;
		const due = [...this.rows].filter(
			([, row]) => row.dueAt <= now && row.token === null && row.failedAt === null && kinds.includes(row.kind)
		);
		return due.slice(0, limit).map(([key, row]) => {
			row.token = String(++this.#tokens);
			const { kind, dueAt, attempts, token } = row;
			return { id: BigInt(this.#tokens), key, kind, dueAt, attempts, token, guildId: null, payload: {} };
		});
	}

	public async renew(held: readonly LeasedRow[]): Promise<void> {
		this.said.push(`renew ${held.map((row) => row.key).join(' ')}`);
	}

	public async remove(row: LeasedRow): Promise<void> {
		if (this.#mine(row)) this.rows.delete(row.key);
	}

	public async postpone(row: LeasedRow, dueAt: number, attempts: number, lastError: string | null): Promise<void> {
		const mine = this.#mine(row);
		if (mine) Object.assign(mine, { dueAt, attempts, lastError, token: null });
	}

	public async giveUp(row: LeasedRow, failedAt: number, lastError: string | null): Promise<void> {
		const mine = this.#mine(row);
		if (mine) Object.assign(mine, { failedAt, lastError, token: null });
	}

	public handle({ kind, key, guildId, dueAt, payload, attempts, token }: LeasedRow): DueTimer {
		const mine = () => {
			const row = this.rows.get(key);
			if (row?.token !== token) throw new LeaseLost(kind, key);
			return row;
		};
		return {
			...{ kind, key, guildId, dueAt, payload, attempts },
			finish: async () => {
				mine();
				this.rows.delete(key);
			},
			moveTo: async (_tx, at) => {
				Object.assign(mine(), { dueAt: at, token: null, attempts: 0 });
			}
		};
	}

	#mine(row: LeasedRow): FakeRow | undefined {
		const found = this.rows.get(row.key);
		return found?.token === row.token ? found : undefined;
	}
}
