import type { ApiDocument, DescribedOperation } from './document.js';
import { isRecord, type Schema } from './types.js';

/**
 * Keys that discord.js puts into every message body, whatever the operation: Discord ignores those that do not belong.
 * Anything else unknown is a typo.
 */
const ofMessages = [
	'tts',
	'nonce',
	'enforce_nonce',
	'message_reference',
	'username',
	'avatar_url',
	'thread_name',
	'applied_tags',
	'poll',
	'sticker_ids'
];

/** Further keys that discord.js and Discord's own clients send to single operations. */
const ofClients: Readonly<Record<string, readonly string[]>> = {
	create_dm: ['recipients'],
	create_thread_from_message: ['type'],
	leave_guild: ['lurking'],
	set_channel_permission_overwrite: ['id'],
	update_guild_member: ['communicationDisabledUntil']
};

/** Finds keys no schema mentions: the description is open, so a typo such as `contents` would pass a validator. */
export class KeyLint {
	readonly #known = new Map<string, ReadonlySet<string> | null>();

	public constructor(private readonly document: ApiDocument) {}

	/** Unknown top-level keys of a request body (of each element, where the body is a list). */
	public unknownKeys(operation: DescribedOperation, body: unknown): string[] {
		const known = this.#knownKeys(operation);
		if (known === null) return [];
		const objects = (Array.isArray(body) ? body : [body]).filter(isRecord);
		const isMessage = known.has('content') || operation.id.includes('webhook_message');
		const extra = [...(isMessage ? ofMessages : []), ...(ofClients[operation.id] ?? [])];
		const allowed = (key: string) => known.has(key) || extra.includes(key) || /^files\[\d+\]$/.test(key);
		return [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => !allowed(key));
	}

	#knownKeys(operation: DescribedOperation): ReadonlySet<string> | null {
		const stored = this.#known.get(operation.id);
		if (stored !== undefined) return stored;
		const keys = new Set<string>();
		const known = this.#collect(operation.requestSchema, keys, new Set()) ? keys : null;
		this.#known.set(operation.id, known);
		return known;
	}

	/** False when any key is welcome. */
	#collect(schema: unknown, keys: Set<string>, seen: Set<unknown>): boolean {
		if (!isRecord(schema) || seen.has(schema)) return true;
		seen.add(schema);
		if ('additionalProperties' in schema && schema.additionalProperties !== false) return false;
		if (isRecord(schema.properties)) for (const key of Object.keys(schema.properties)) keys.add(key);
		return this.#parts(schema).every((part) => this.#collect(part, keys, seen));
	}

	#parts(schema: Schema): unknown[] {
		const lists = [schema.allOf, schema.anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
		const reference = typeof schema.$ref === 'string' ? [this.document.schemas.get(schema.$ref)] : [];
		return [...lists, ...reference, ...(isRecord(schema.items) ? [schema.items] : [])];
	}
}
