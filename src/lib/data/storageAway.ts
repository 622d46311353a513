/** Thrown at once, without asking, while the database is known to be away. */
export class StorageAway extends Error {
	public override readonly name = 'StorageAway';
}

const codes = new Set([
	// Node: nobody listens, the way there is broken, or the name is not known.
	...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN'],
	...['ENETUNREACH', 'ENETDOWN'],
	// Prisma's error reference: cannot be reached, timed out, closed the connection, no free connection, too many connections.
	...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
	// PostgreSQL, appendix A: shutting down, crashed, starting up, idle session ended, full disk, no memory, too many connections,
	// read-only (a stand-by after a failover).
	...['57P01', '57P02', '57P03', '57P05', '53100', '53200', '53300', '25006']
]);

/** adapter-pg's names for what it recognised itself. */
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/** pg and its pool give these no code. */
const messages = [
	'Connection terminated',
	'timeout exceeded when trying to connect',
	'timeout expired',
	'Query read timeout',
	'is not queryable',
	'Unable to start a transaction in the given time',
	"Can't reach database server"
];

/** Whether an error, in any of its wrappings, means that the database is away for the moment, and no fault of the statement. */
export function isStorageAway(error: unknown): boolean {
	return some(error, says, new Set());
}

/** SQLSTATEs of a transaction that may simply be run again: serialization failure, deadlock; and Prisma's word for both. */
const conflicts = new Set(['40001', '40P01', 'P2034']);

export function isWriteConflict(error: unknown): boolean {
	const conflict = (part: Readonly<Record<string, unknown>>) =>
		[part['code'], part['originalCode']].some((code) => typeof code === 'string' && conflicts.has(code)) ||
		part['kind'] === 'TransactionWriteConflict';
	return some(error, conflict, new Set());
}

function says(part: Readonly<Record<string, unknown>>): boolean {
	const { code, originalCode, kind, message, syscall } = part;
	if (part instanceof StorageAway) return true;
	if (isAwayCode(code) || isAwayCode(originalCode)) return true;
	// The socket file of a server that is not running.
	if (code === 'ENOENT' && syscall === 'connect') return true;
	if (typeof kind === 'string' && kinds.has(kind)) return true;
	return typeof message === 'string' && messages.some((known) => message.includes(known));
}

function isAwayCode(code: unknown): boolean {
	// Class 08: connection exceptions.
	return typeof code === 'string' && (codes.has(code) || /^08[0-9A-Z]{3}$/.test(code));
}

/** Prisma, its adapter and Node each wrap the error once more, each under another name. */
function some(value: unknown, test: (part: Readonly<Record<string, unknown>>) => boolean, seen: Set<unknown>): boolean {
	if (!isRecord(value) || seen.has(value)) return false;
	seen.add(value);
	if (test(value)) return true;
	const inner = [value['cause'], value['meta'], value['driverAdapterError'], value['error']];
	const list = value['errors'];
	return [...inner, ...(Array.isArray(list) ? list : [])].some((part) => some(part, test, seen));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
