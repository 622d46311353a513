import type { Prisma } from '#generated/prisma/client.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { FinishedJob, Jobs } from '#lib/jobs/types.js';
import type { Timers } from '#lib/timers/timers.js';
import { caseKey } from '../domain/case.js';
import { idOrNull } from './rows.js';
import { timerKinds } from './timerKinds.js';

export interface CloseRequest {
	readonly guildId: string;
	/** The people or channels whose cases end. */
	readonly about:
		| { readonly userIds: readonly string[]; readonly channelId?: string | null }
		| { readonly channelId: string | null }
		| 'everybody';
	/** None but the case of this number. */
	readonly only?: number | undefined;
	readonly types: readonly string[];
	readonly as: 'superseded' | 'undone';
	readonly actorId: string | null;
	/** The type of what ends them. */
	readonly by: string;
	readonly now: number;
	/** Their messages in the log channel are brought up to date: not those of thousands at once. */
	readonly shows: boolean;
}

/** Ends running cases, with their timers. */
export async function closeCases(
	tx: Transaction,
	timers: Pick<Timers, 'schedule' | 'cancel'>,
	{ guildId, about, only, types, as, actorId, by, now, shows }: CloseRequest
): Promise<void> {
	if (types.length === 0) return;
	const id = BigInt(guildId);
	if (about === 'everybody') await holdNumbers(tx, guildId);
	const closed = await tx.moderationCase.updateManyAndReturn({
		where: { guildId: id, ...whose(about), ...(only !== undefined && { number: only }), type: { in: [...types] }, state: 'active' },
		data: { state: as, closedAt: new Date(now) },
		select: { number: true }
	});
	if (closed.length === 0) return;
	await timers.cancel(tx, timerKinds.expire, ...closed.map(({ number }) => caseKey(guildId, number)));
	await tx.caseEvent.createMany({
		data: closed.map(({ number }) => ({ guildId: id, number, actorId: idOrNull(actorId), kind: as, after: by, at: new Date(now) }))
	});
	if (!shows) return;
	for (const { number } of closed) await timers.schedule(tx, { kind: timerKinds.log, key: caseKey(guildId, number), guildId, dueAt: now });
}

/** Until the transaction ends nobody else writes a case of this server: what is there now, and what belongs to it, is all there is. */
async function holdNumbers(tx: Transaction, guildId: string): Promise<void> {
	await tx.$executeRaw`/* moderation: hold */ INSERT INTO mod_case_counter AS counter (guild_id, last) VALUES (${BigInt(guildId)}, 0)
		ON CONFLICT (guild_id) DO UPDATE SET last = counter.last`;
}

function whose(about: CloseRequest['about']): Prisma.ModerationCaseWhereInput {
	if (about === 'everybody') return { userId: { not: null } };
	const place = about.channelId === undefined ? {} : { channelId: idOrNull(about.channelId) };
	return { ...place, userId: 'userIds' in about ? { in: about.userIds.map(BigInt) } : null };
}

export interface Closing {
	/** Ends the cases of everybody on whom mass work was done. */
	ofJob(tx: Transaction, job: FinishedJob, what: Pick<CloseRequest, 'types' | 'by' | 'now'>): Promise<void>;
}

/** People in one statement. */
const lump = 1_000;

export function closingRepository(timers: Pick<Timers, 'schedule' | 'cancel'>, jobs: Pick<Jobs, 'items'>): Closing {
	return {
		async ofJob(tx, { id, guildId, actorId }, what) {
			for (let offset = 0; ; offset += lump) {
				const items = await jobs.items(id, 'done', { offset, limit: lump }, tx);
				const about = { userIds: items.map(({ key }) => key) };
				await closeCases(tx, timers, { ...what, guildId, about, as: 'undone', actorId, shows: false });
				if (items.length < lump) return;
			}
		}
	};
}
