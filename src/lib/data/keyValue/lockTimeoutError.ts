/** The lock was held by somebody else for as long as the caller was ready to wait. */
export class LockTimeoutError extends Error {
	public override readonly name = 'LockTimeoutError';

	public constructor(key: string, waitMs: number) {
		super(`The lock "${key}" was not free within ${waitMs} ms`);
	}
}
