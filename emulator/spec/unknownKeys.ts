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

/** Parts of a body that are looked through to their ends. */
const looked: ReadonlySet<string> = new Set(['allowed_mentions', 'components', 'data', 'embeds', 'message']);

/** Keys of embeds and components as Discord answers them: whoever sends on what he got sends them too. */
const ofAnswers: ReadonlySet<string> = new Set([
	'type',
	'id',
	'video',
	'provider',
	'proxy_url',
	'proxy_icon_url',
	'height',
	'width',
	'placeholder',
	'placeholder_version',
	'content_type',
	'content_scan_version',
	'loading_state',
	'attachment_id',
	'flags',
	'name',
	'size'
]);

/** The keys that some schema knows, each with the schemas of its value; null when any key is welcome. */
type Known = ReadonlyMap<string, readonly unknown[]> | null;

/** Finds keys no schema mentions: the description is open, so a typo such as `contents` would pass a validator. */
export class KeyLint {
	readonly #known = new Map<string, Known>();

	public constructor(private readonly document: ApiDocument) {}

	/** Unknown keys of a request body (of each element, where the body is a list), and of its embeds, components and answers to interactions. */
	public unknownKeys(operation: DescribedOperation, body: unknown): string[] {
		const stored = this.#known.get(operation.id);
		const known = stored === undefined ? this.#keysOf([operation.requestSchema]) : stored;
		this.#known.set(operation.id, known);
		if (known === null) return [];
		const isMessage = known.has('content') || operation.id.includes('webhook_message');
		const extra = [...(isMessage ? ofMessages : []), ...(ofClients[operation.id] ?? [])];
		const objects = (Array.isArray(body) ? body : [body]).filter(isRecord);
		return [...new Set(objects.flatMap((object) => this.#topLevel(object, known, extra)))];
	}

	#topLevel(object: Schema, known: NonNullable<Known>, extra: readonly string[]): string[] {
		return Object.entries(object).flatMap(([key, value]) => {
			const schemas = known.get(key);
			if (schemas !== undefined) return looked.has(key) ? this.#below(value, schemas, key) : [];
			return extra.includes(key) || /^files\[\d+\]$/.test(key) ? [] : [key];
		});
	}

	/** Unknown keys of a value at any depth, as paths. */
	#below(value: unknown, schemas: readonly unknown[], path: string): string[] {
		if (Array.isArray(value)) return value.flatMap((item, index) => this.#below(item, schemas, `${path}.${index}`));
		if (!isRecord(value)) return [];
		const known = this.#keysOf(schemas);
		if (known === null || known.size === 0) return [];
		const isMessage = known.has('content') && known.has('embeds');
		return Object.entries(value).flatMap(([key, inner]) => {
			const below = known.get(key);
			if (below !== undefined) return this.#below(inner, below, `${path}.${key}`);
			return ofAnswers.has(key) || (isMessage && ofMessages.includes(key)) ? [] : [`${path}.${key}`];
		});
	}

	/** All that any of these schemas, or any alternative within them, knows. */
	#keysOf(schemas: readonly unknown[]): Known {
		const keys = new Map<string, unknown[]>();
		const seen = new Set<unknown>();
		const collect = (schema: unknown): boolean => {
			if (!isRecord(schema) || seen.has(schema)) return true;
			seen.add(schema);
			if ('additionalProperties' in schema && schema.additionalProperties !== false) return false;
			for (const [key, inner] of Object.entries(isRecord(schema.properties) ? schema.properties : {}))
				keys.set(key, [...(keys.get(key) ?? []), inner]);
			return this.#parts(schema).every(collect);
		};
		return schemas.every(collect) ? keys : null;
	}

	#parts(schema: Schema): unknown[] {
		const lists = [schema.allOf, schema.anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
		const reference = typeof schema.$ref === 'string' ? [this.document.schemas.get(schema.$ref)] : [];
		return [...lists, ...reference, ...(isRecord(schema.items) ? [schema.items] : [])];
	}
}
