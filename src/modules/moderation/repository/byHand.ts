import type { Database } from '#lib/data/database.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import type { Case } from '../domain/case.js';
import { closeCases } from './closing.js';
import { closingOf, type Recording, recordCase } from './record.js';
import { isTaken } from './rows.js';

export interface ByHandRepository {
	/** Writes the case of an entry of the audit log; null when it has one. */
	record(recording: Recording & { readonly auditEntryId: string }): Promise<Case | null>;
	/** Ends the cases that end with it, without one of its own. */
	close(recording: Pick<Recording, 'order' | 'action' | 'now'>): Promise<void>;
}

export function byHandRepository(
	{ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>,
	timers: Pick<Timers, 'schedule' | 'cancel'>,
	hub: Pick<SettingsHub, 'writeAll'>
): ByHandRepository {
	return {
		async record(recording) {
			const { order, auditEntryId } = recording;
			const key = { guildId: BigInt(order.guildId), auditEntryId: BigInt(auditEntryId) };
			const known = await prisma.moderationCase.findUnique({ where: { guildId_auditEntryId: key }, select: { number: true } });
			if (known !== null) return null;
			try {
				return await hub.writeAll((tx, change) => recordCase(tx, timers, recording, change));
			} catch (error) {
				// Another process was first: the number that we took goes back with all the rest.
				if (isTaken(error)) return null;
				throw error;
			}
		},
		async close({ order, action, now }) {
			const closing = closingOf(order, action, now);
			if (closing !== null) await transaction((tx) => closeCases(tx, timers, closing));
		}
	};
}
