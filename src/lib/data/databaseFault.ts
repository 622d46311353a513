export type DatabaseFaultCode =
	| 'migrations-pending'
	| 'migration-failed'
	| 'database-newer'
	| 'no-binary'
	| 'folder-unreachable'
	| 'folder-in-use'
	| 'server-failed'
	| 'already-running';

/** Why the bot cannot start on this database: `message` is one whole sentence for whoever runs the bot. */
export class DatabaseFault extends Error {
	public override readonly name = 'DatabaseFault';

	public constructor(
		public readonly code: DatabaseFaultCode,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}
