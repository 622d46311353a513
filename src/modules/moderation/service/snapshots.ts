import type { Clock } from '#lib/core/clock.js';
import type { SnapshotRepository } from '../repository/snapshots.js';

/** Somebody who left a server, as he was last known there. */
export interface Leaver {
	readonly guildId: string;
	readonly userId: string;
	/** Those that people give and take. */
	readonly roleIds: readonly string[];
	readonly nickname: string | null;
}

/** Roles of somebody that come back by another way. */
export type ComesBack = (guildId: string, userId: string) => readonly string[] | Promise<readonly string[]>;

export interface SnapshotsParts {
	readonly rows: Pick<SnapshotRepository, 'keep'>;
	/** Whoever does not want anything stored about him. */
	readonly isDeclined: (userId: string) => boolean;
	readonly clock: Clock;
}

/** What people had when they left, for `restore`. */
export class Snapshots {
	readonly #parts: SnapshotsParts;
	readonly #others: ComesBack[] = [];

	public constructor(parts: SnapshotsParts) {
		this.#parts = parts;
	}

	/** These roles are no part of what is kept: roles for a time come back by themselves, and end. */
	public leaveOut(roles: ComesBack): void {
		this.#others.push(roles);
	}

	/**
	 * Somebody left. Twice is fine. Who had neither a role nor a nickname costs nothing, and what he had an earlier time stays: who comes
	 * back, is given nothing and leaves again has not lost it.
	 */
	public async left({ guildId, userId, roleIds, nickname }: Leaver): Promise<void> {
		if (roleIds.length === 0 && nickname === null) return;
		const { rows, isDeclined, clock } = this.#parts;
		if (isDeclined(userId)) return;
		const other = new Set<string>();
		for (const roles of this.#others) for (const id of await roles(guildId, userId)) other.add(id);
		await rows.keep({ guildId, userId, roleIds: roleIds.filter((id) => !other.has(id)), nickname, leftAt: clock.now() });
	}
}
