/** Reads what a client sends to PostgreSQL (protocol 3.0) and answers the statements that it runs. */
export function postgresTap(onStatement: (sql: string) => void): (bytes: Buffer) => void {
	let pending: Buffer = Buffer.alloc(0);
	let started = false;
	const prepared = new Map<string, string>();
	const portals = new Map<string, string>();

	const read = (type: string, body: Buffer): void => {
		const [first = '', second = ''] = body.toString('utf8').split('\0');
		if (type === 'Q') onStatement(first);
		else if (type === 'P') prepared.set(first, second);
		else if (type === 'B') portals.set(first, prepared.get(second) ?? '');
		else if (type === 'E') onStatement(portals.get(first) ?? '');
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
			else started = pending.readUInt32BE(4) === 196_608;
			pending = pending.subarray(end);
		}
	};
}
