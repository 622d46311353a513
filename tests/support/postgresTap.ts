/** Reads what a client sends to PostgreSQL (protocol 3.0) and answers the statements that it runs, with the name of the client. */
export function postgresTap(onStatement: (sql: string, application: string) => void): (bytes: Buffer) => void {
	let pending: Buffer = Buffer.alloc(0);
	let started = false;
	let application = '';
	const prepared = new Map<string, string>();
	const portals = new Map<string, string>();

	const read = (type: string, body: Buffer): void => {
		const [first = '', second = ''] = body.toString('utf8').split('\0');
		if (type === 'Q') onStatement(first, application);
		else if (type === 'P') prepared.set(first, second);
		else if (type === 'B') portals.set(first, prepared.get(second) ?? '');
		else if (type === 'E') onStatement(portals.get(first) ?? '', application);
	};

	return (bytes) => {
		pending = Buffer.concat([pending, bytes]);
		for (;;) {
			// The first message (and a question for TLS before it) has no letter.
			const header = started ? 1 : 0;
			if (pending.length < header + 4) return;
			const end = header + pending.readUInt32BE(header);
			if (pending.length < end) return;
			if (started) read(String.fromCharCode(pending[0] ?? 0), pending.subarray(5, end));
			else {
				started = pending.readUInt32BE(4) === 196_608;
				const parameters = pending.toString('utf8', 8, end).split('\0');
				application = parameters[parameters.indexOf('application_name') + 1] ?? '';
			}
			pending = pending.subarray(end);
		}
	};
}

/** Whether a transaction is open after a statement: `I` no, `T` yes, `E` yes and failed. */
export type TransactionStatus = 'I' | 'T' | 'E';

/**
 * Reads what PostgreSQL answers: told each time that the server is ready for more, with what it completed since the last time
 * (`INSERT 0 1`, `COMMIT`).
 */
export function postgresAnswers(onReady: (completed: readonly string[], status: TransactionStatus) => void): (bytes: Buffer) => void {
	let pending: Buffer = Buffer.alloc(0);
	let completed: string[] = [];
	return (bytes) => {
		pending = Buffer.concat([pending, bytes]);
		while (pending.length >= 5) {
			const end = 1 + pending.readUInt32BE(1);
			if (pending.length < end) return;
			const type = String.fromCharCode(pending[0] ?? 0);
			const body = pending.toString('utf8', 5, end);
			pending = pending.subarray(end);
			if (type === 'C') completed.push(body.replace('\0', ''));
			if (type !== 'Z') continue;
			const done = completed;
			completed = [];
			onReady(done, body === 'I' || body === 'T' ? body : 'E');
		}
	};
}
