import { StartFailure } from '#lib/errors/startFailure.js';

export type DatabaseFaultCode =
	| 'refused'
	| 'migrations-pending'
	| 'migration-failed'
	| 'database-newer'
	| 'no-binary'
	| 'folder-unreachable'
	| 'folder-in-use'
	| 'server-failed'
	| 'already-running';

/** Why the bot cannot work on this database: `message` is one whole sentence for whoever runs the bot. */
export class DatabaseFault extends StartFailure {
	public constructor(
		public readonly code: DatabaseFaultCode,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}
