/** The work did not answer in time; it may still go on. */
export class TookTooLong extends Error {
	public override readonly name = 'TookTooLong';
}

/** What `work` answers, or {@link TookTooLong} after `ms` milliseconds. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
	const { promise: tooLong, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new TookTooLong(`No answer within ${ms} ms`)), ms);
	return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
