import type { PermissionsString } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import type { Job as Row } from '#generated/prisma/client.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import type { Json } from '#lib/data/keyValue.js';
import type { Transaction } from '#lib/data/transaction.js';
import { eachOnce, type RecordedItem, type TakenItem } from './results.js';
import { readValues, storeValues } from './title.js';
import type { CancelCode, FinishedJob, ItemState, Job, JobItem, StartJob } from './types.js';

/** Rows of items in one statement. */
const lump = 20_000;
/** The column is an int4: a larger number is nobody's id. */
const largestInt = 2_147_483_647;
/** Stands where a message was that somebody deleted. */
const hiddenMessage = 0n;

export interface Ending {
	readonly state: FinishedJob['state'];
	readonly now: number;
	/** What is still pending fails for this reason. */
	readonly restFails?: string;
}

/** Where jobs are kept. In every transaction the row of the job is locked before its items and before the row of its timer. */
export class JobRows {
	readonly #database: Pick<Database, 'prisma' | 'transaction'>;

	public constructor(database: Pick<Database, 'prisma' | 'transaction'>) {
		this.#database = database;
	}

	/** Null when one of that kind runs there. */
	public async add(tx: Transaction, request: StartJob, now: number): Promise<Job | null> {
		const items = eachOnce(request.items);
		const { kind, guildId, channelId, actorId, locale, title, permission, payload = null } = request;
		const [added] = await tx.$queryRaw<{ id: number }[]>`/* jobs */ INSERT INTO job
			(kind, guild_id, channel_id, actor_id, locale, title_key, title_values, permission, payload, total, started_at)
			VALUES (${kind}, ${BigInt(guildId)}, ${BigInt(channelId)}, ${BigInt(actorId)}, ${locale}, ${title.key},
				${JSON.stringify(storeValues(title.values ?? {}))}::jsonb, ${permission}, ${JSON.stringify(payload)}::jsonb, ${items.length},
				to_timestamp(${now}::double precision / 1000))
			ON CONFLICT (guild_id, kind) WHERE state = 'running' DO NOTHING RETURNING id`;
		if (added === undefined) return null;
		for (let start = 0; start < items.length; start += lump) await addItems(tx, added.id, start, items.slice(start, start + lump));
		return readJob(await tx.job.findUniqueOrThrow({ where: { id: added.id } }));
	}

	/** The running one of a kind in a server. */
	public async runningOf(tx: Transaction, { guildId, kind }: Pick<StartJob, 'guildId' | 'kind'>): Promise<number | null> {
		const row = await tx.job.findFirst({ where: { guildId: BigInt(guildId), kind, state: 'running' }, select: { id: true } });
		return row?.id ?? null;
	}

	public async find(id: number): Promise<Job | null> {
		const row = await this.#find(id);
		return row && readJob(row);
	}

	/** As `find`, and whether the bot has left the server. */
	public async open(id: number): Promise<{ readonly job: Job; readonly left: boolean } | null> {
		const row = await this.#find(id);
		return row && { job: readJob(row), left: row.guild.leftAt !== null };
	}

	public async running(guildId: string): Promise<readonly Job[]> {
		const where = { guildId: BigInt(guildId), state: 'running' } as const;
		return (await this.#database.prisma.job.findMany({ where, orderBy: { id: 'asc' } })).map(readJob);
	}

	/** The next pending items behind a position. */
	public async pending(id: number, behind: number, limit: number): Promise<readonly TakenItem[]> {
		return this.#database.prisma.jobItem.findMany({
			where: { jobId: id, position: { gt: behind }, state: 'pending' },
			select: { key: true, data: true, position: true },
			orderBy: { position: 'asc' },
			take: limit
		}) as Promise<TakenItem[]>;
	}

	public async items(
		id: number,
		state: ItemState,
		{ offset = 0, limit = 1_000 }: { readonly offset?: number; readonly limit?: number },
		tx: Transaction = this.#database.prisma
	): Promise<readonly (JobItem & { readonly why: string | null })[]> {
		return tx.jobItem.findMany({
			where: { jobId: id, state },
			select: { key: true, data: true, why: true },
			orderBy: { position: 'asc' },
			skip: offset,
			take: limit
		}) as Promise<(JobItem & { why: string | null })[]>;
	}

	/** Writes results and counts those that were pending until now. Null when the job has ended meanwhile: nothing is written then. */
	public record(id: number, results: readonly RecordedItem[]): Promise<Job | null> {
		return this.#database.transaction(async (tx) => {
			if (!(await lock(tx, id))) return null;
			const changed = await tx.$queryRaw<{ state: ItemState }[]>`/* jobs */ UPDATE job_item AS item
				SET state = result.state::job_item_state, why = nullif(result.why, '')
				FROM unnest(${results.map((one) => one.position)}::int[], ${results.map((one) => one.state)}::text[],
					${results.map((one) => one.why ?? '')}::text[]) AS result (position, state, why)
				WHERE item.job_id = ${id}::int AND item.position = result.position AND item.state = 'pending'
				RETURNING item.state::text AS state`;
			const count = (state: ItemState) => changed.filter((one) => one.state === state).length;
			const data = {
				done: { increment: count('done') },
				failed: { increment: count('failed') },
				skipped: { increment: count('skipped') },
				attempts: 0
			};
			return readJob(await tx.job.update({ where: { id }, data }));
		});
	}

	/** Ends a running job; null when it has ended already. */
	public async end(tx: Transaction, id: number, { state, now, restFails }: Ending): Promise<FinishedJob | null> {
		if (!(await lock(tx, id))) return null;
		const lost =
			restFails === undefined
				? 0
				: await tx.$executeRaw`/* jobs */ UPDATE job_item SET state = 'failed', why = ${restFails}
					WHERE job_id = ${id}::int AND state = 'pending'`;
		const data = { state, endedAt: new Date(now), failed: { increment: lost } };
		return { ...readJob(await tx.job.update({ where: { id }, data })), state, endedAt: now };
	}

	/** Counts a failed try; null when the job has ended. */
	public async countTry(tx: Transaction, id: number): Promise<Job | null> {
		const [row] = await tx.job.updateManyAndReturn({ where: { id, state: 'running' }, data: { attempts: { increment: 1 } } });
		return row ? readJob(row) : null;
	}

	public async cancel(tx: Transaction, id: number, guildId: string, userId: string, now: number): Promise<Outcome<Job, CancelCode>> {
		if (id > largestInt) return refuse('unknown');
		const [row] = await tx.job.updateManyAndReturn({
			where: { id, guildId: BigInt(guildId), state: 'running', cancelledAt: null },
			data: { cancelledAt: new Date(now), cancellerId: BigInt(userId) }
		});
		if (row) return accept(readJob(row));
		const found = await tx.job.findUnique({ where: { id, guildId: BigInt(guildId) } });
		if (found === null) return refuse('unknown');
		return refuse(found.state === 'running' ? 'stopping' : 'over');
	}

	/** Sets the message of the progress; answers the job as it is then. */
	public async showIn(id: number, messageId: string): Promise<Job | null> {
		const [row] = await this.#database.prisma.job.updateManyAndReturn({ where: { id }, data: { messageId: BigInt(messageId) } });
		return row ? readJob(row) : null;
	}

	/** The message is gone: nothing is shown any more. */
	public async hide(id: number): Promise<void> {
		await this.#database.prisma.job.updateMany({ where: { id }, data: { messageId: hiddenMessage } });
	}

	async #find(id: number) {
		if (!Number.isSafeInteger(id) || Math.abs(id) > largestInt) return null;
		return this.#database.prisma.job.findUnique({ where: { id }, include: { guild: { select: { leftAt: true } } } });
	}
}

/** True when the job still runs; it stays so until the transaction ends. */
async function lock(tx: Transaction, id: number): Promise<boolean> {
	const rows = await tx.$queryRaw<object[]>`/* jobs */ SELECT FROM job WHERE id = ${id}::int AND state = 'running' FOR UPDATE`;
	return rows.length === 1;
}

async function addItems(tx: Transaction, id: number, start: number, items: StartJob['items']): Promise<void> {
	const keys = items.map((item) => item.key);
	const data = items.map((item) => (item.data === undefined ? '' : JSON.stringify(item.data)));
	await tx.$executeRaw`/* jobs */ INSERT INTO job_item (job_id, position, key, data)
		SELECT ${id}::int, ${start}::int + place, key, nullif(data, '')::jsonb
		FROM unnest(${keys}::text[], ${data}::text[]) WITH ORDINALITY AS item (key, data, place)`;
}

function readJob({ titleKey, titleValues, ...row }: Row): Job {
	const { id, kind, locale, state, total, done, failed, skipped, attempts } = row;
	return {
		...{ id, kind, locale, state, total, done, failed, skipped, attempts },
		guildId: row.guildId.toString(),
		channelId: row.channelId.toString(),
		messageId: row.messageId === hiddenMessage ? null : (row.messageId?.toString() ?? null),
		isHidden: row.messageId === hiddenMessage,
		actorId: row.actorId.toString(),
		// Both are written from typed requests alone.
		title: { key: titleKey as MessageKey, values: readValues(titleValues) },
		permission: row.permission as PermissionsString,
		payload: row.payload as Json,
		startedAt: row.startedAt.getTime(),
		cancelledAt: row.cancelledAt?.getTime() ?? null,
		cancellerId: row.cancellerId?.toString() ?? null,
		endedAt: row.endedAt?.getTime() ?? null
	};
}
