import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readBucketAddress } from '#lib/blobs/bucketAddress.js';
import { Secret } from '#lib/core/secret.js';
import { StartFailure } from '#lib/errors/startFailure.js';

type Environment = Readonly<Record<string, string | undefined>>;

const flag = z
	.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'must be true or false')
	.transform((value) => ['true', '1', 'yes', 'on'].includes(value));
const secret = z.string().transform((value) => new Secret(value));
/** Written as in a header, "Bot " and the token, it is the same account: without this, locks would take it for another. */
const botToken = z
	.string()
	.transform((value) => value.replace(/^Bot(?:\s+|$)/i, ''))
	.refine((value) => /^[\x21-\x7e]+$/.test(value), 'must be the token alone, one word without spaces')
	.transform((value) => new Secret(value));
const webAddress = z
	.url({ protocol: /^https?$/, error: 'must be a web address such as https://example.org' })
	.transform((value) => value.replace(/\/+$/, ''));
const address = (protocol: RegExp, example: string) =>
	z.string().refine((value) => URL.canParse(value) && protocol.test(new URL(value).protocol), `must look like ${example}`);
const wholeNumber = (min: number, max: number) =>
	z
		.string()
		.regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
		.transform(Number)
		.refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const ids = z
	.string()
	.transform((value) => value.split(/[\s,|]+/).filter((part) => part !== ''))
	.refine((parts) => parts.every((part) => /^\d{15,20}$/.test(part)), 'must be Discord ids (15 to 20 digits) with commas between them')
	.transform((parts): ReadonlySet<string> => new Set(parts));
const id = z.string().regex(/^\d{15,20}$/, 'must be a Discord id (15 to 20 digits)');
const proxyAddress = address(/^(https?|socks5?):$/, 'http://user:password@host:port');
const proxies = z
	.string()
	.transform((value) =>
		value
			.split('|')
			.map((part) => part.trim())
			.filter((part) => part !== '')
	)
	.refine(
		(parts) => parts.every((part) => proxyAddress.safeParse(part).success),
		'must be proxy addresses such as http://host:port with | between them'
	)
	.transform((parts) => parts.map((part) => new Secret(part)));
const bucketAddress = z.string().transform((value, context) => {
	const read = readBucketAddress(value);
	if (typeof read !== 'string') return read;
	context.addIssue({ code: 'custom', message: read });
	return z.NEVER;
});
const nodes = z
	.string()
	.transform((value): readonly string[] => value.split(/[\s,|]+/).filter((node) => node !== ''))
	.refine(
		(parts) => parts.length > 0 && parts.every((part) => /^(?:\S+@)?[\w.-]+:\d{1,5}$/.test(part)),
		'must be addresses such as localhost:2333 with commas between them'
	);
/** `0-3`, `0,2` or both: the shards that this process runs. */
const shardIds = z
	.string()
	.regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'must be shard numbers such as 0-3 or 0,2')
	.transform((value) => value.split(',').flatMap(shardRange))
	.refine((shards) => shards.length > 0 && shards.length <= 1000, 'must be 1 to 1000 shards, the lower number first');

const schema = z.object({
	DISCORD_TOKEN: botToken.optional(),
	// The version is the client's to add: an address that ends with one means the same.
	DISCORD_API_URL: webAddress.transform((value) => value.replace(/\/v\d+$/, '')).default('https://discord.com/api'),
	DISCORD_CDN_URL: webAddress.default('https://cdn.discordapp.com'),
	DATABASE_URL: address(/^postgres(ql)?:$/, 'postgresql://user:password@host:5432/evict')
		.transform((value) => new Secret(value))
		.optional(),
	DATABASE_POOL: wholeNumber(1, 500).default(10),
	DATABASE_FOLDER: z.string().optional(),
	REDIS_URL: address(/^rediss?:$/, 'redis://host:6379')
		.transform((value) => new Secret(value))
		.optional(),
	REDIS_PREFIX: z
		.string()
		.regex(/^[\w:-]+$/, 'must be letters, digits, - and :')
		.default('evict:'),
	BLOB_URL: bucketAddress.optional(),
	PROXIES: proxies.default([]),
	PROXY_URL: proxies.default([]),
	EVICT_API: webAddress.optional(),
	RIVAL_API: secret.optional(),
	COMMANDS_URL: webAddress.optional(),
	SUPPORT_SERVER: webAddress.optional(),
	LAVALINK_NODES: nodes.default(['localhost:2333']),
	OWNER_IDS: ids.default(new Set()),
	STAFF_IDS: ids.default(new Set()),
	GUILD_GATE: flag.default(false),
	STAFF_LOG_CHANNEL: id.optional(),
	BUYER_ROLE: z
		.string()
		.regex(/^\d{15,20}:\d{15,20}$/, 'must be the id of a server and of a role in it, such as 123456789012345678:223456789012345678')
		.optional(),
	SHARDS: shardIds.optional(),
	SHARD_COUNT: wholeNumber(1, 16_000).optional(),
	LOG_LEVEL: z
		.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], 'must be trace, debug, info, warn, error or fatal')
		.default('info'),
	LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').optional(),
	HTTP_PORT: wholeNumber(0, 65_535).default(8080),
	HTTP_HOST: z.string().default('0.0.0.0'),
	CONSENT_NOTICE: flag.default(true),
	WELCOME_MESSAGE: flag.default(true),
	MIGRATE_ON_START: flag.optional(),
	MOBILE_STATUS: flag.default(false),
	CLOCK_URL: webAddress.optional(),
	CACHE_SIZE: z.enum(['bounded', 'none'], 'must be bounded or none').default('bounded')
});

export type Config = ReturnType<typeof shape>;

/** Variables that a bot for real servers should have, and what is missing without them. */
const productionVariables: readonly (readonly [name: keyof z.infer<typeof schema>, without: string])[] = [
	['DATABASE_URL', 'the embedded database is used'],
	['REDIS_URL', 'only one process can run'],
	['OWNER_IDS', 'nobody can use the owner commands'],
	['SUPPORT_SERVER', 'unknown errors carry no link to help'],
	['COMMANDS_URL', 'help carries no link to the list of commands'],
	['EVICT_API', 'links to our own pages are left out'],
	['PROXIES', 'addresses that people give are fetched directly']
];

/** Reads `.env` beside the working directory, when there is one. What is set already wins. */
export function loadEnvironmentFile(path = '.env'): void {
	if (existsSync(path)) process.loadEnvFile(path);
}

/** What the bot starts with; null when the environment has faults: they were said. There is no logger before there is a configuration. */
export function configOfStart(): Config | null {
	try {
		loadEnvironmentFile();
		return readConfig(process.env, { token: 'required' });
	} catch (error) {
		if (!(error instanceof StartFailure)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
		return null;
	}
}

/**
 * The configuration from the environment, parsed once. `token: 'required'` for the bot itself; scripts do without one.
 * @throws {StartFailure} that names every fault at once.
 */
export function readConfig(environment: Environment, { token }: { readonly token: 'required' | 'optional' }): Config {
	const values = known(environment);
	const parsed = schema.safeParse(values);
	const faults = new Set(parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`));
	const shardFault = faultOfShards(values);
	if (shardFault !== null) faults.add(shardFault);
	if (token === 'required' && values['DISCORD_TOKEN'] === undefined)
		faults.add('DISCORD_TOKEN is not set: it is the token of your bot, from https://discord.com/developers/applications.');
	if (parsed.success && faults.size === 0) return shape(parsed.data, warningsFor(parsed.data));
	throw new StartFailure(
		`Evict cannot start, the configuration has ${faults.size === 1 ? 'a fault' : `${faults.size} faults`}:\n${[...faults].map((fault) => `  ${fault}`).join('\n')}`
	);
}

/** How the two variables about shards do not go together, whatever else is wrong. */
function faultOfShards({ SHARDS, SHARD_COUNT }: Readonly<Record<string, string>>): string | null {
	const shards = schema.shape.SHARDS.safeParse(SHARDS);
	const count = schema.shape.SHARD_COUNT.safeParse(SHARD_COUNT);
	if (shards.data === undefined || !count.success) return null;
	if (count.data === undefined) return 'SHARD_COUNT must be set when SHARDS is.';
	const highest = Math.max(...shards.data);
	if (highest < count.data) return null;
	return `SHARDS names shard ${highest}, but SHARD_COUNT is ${count.data}: the last shard is ${count.data - 1}.`;
}

function shape(values: z.infer<typeof schema>, warnings: readonly string[]) {
	return {
		token: values.DISCORD_TOKEN ?? null,
		discord: { api: values.DISCORD_API_URL, cdn: values.DISCORD_CDN_URL },
		databaseUrl: values.DATABASE_URL ?? null,
		databasePool: values.DATABASE_POOL,
		/** Where the embedded server keeps its data. Null: `.evict/postgres`. */
		databaseFolder: values.DATABASE_FOLDER ?? null,
		redisUrl: values.REDIS_URL ?? null,
		/** Stands before every key, so that several bots may share one Redis. */
		redisPrefix: values.REDIS_PREFIX,
		/** Where files are kept. Null: in PostgreSQL. */
		bucket: values.BLOB_URL ?? null,
		proxies: [...values.PROXIES, ...values.PROXY_URL] as readonly Secret[],
		evictApi: values.EVICT_API ?? null,
		rivalApi: values.RIVAL_API ?? null,
		commandsUrl: values.COMMANDS_URL ?? null,
		supportServer: values.SUPPORT_SERVER ?? null,
		lavalinkNodes: values.LAVALINK_NODES,
		ownerIds: values.OWNER_IDS,
		staffIds: values.STAFF_IDS,
		/** Only servers that were let in by `authorize` may have the bot. */
		guildGate: values.GUILD_GATE,
		/** Where the people who run the bot read which servers it was added to and removed from. */
		staffLogChannel: values.STAFF_LOG_CHANNEL ?? null,
		/** What a buyer is given in the support server. */
		buyerRole: values.BUYER_ROLE === undefined ? null : roleOf(values.BUYER_ROLE),
		shards: values.SHARDS === undefined ? null : ([...new Set(values.SHARDS)] as readonly number[]),
		shardCount: values.SHARD_COUNT ?? null,
		logLevel: values.LOG_LEVEL,
		logFormat: values.LOG_FORMAT ?? null,
		http: { host: values.HTTP_HOST, port: values.HTTP_PORT },
		/** Whether a person is told at the first command what is stored. */
		consentNotice: values.CONSENT_NOTICE,
		/** Whether the bot says how it is used in a server that it is added to. */
		welcomeMessage: values.WELCOME_MESSAGE,
		/** Null: the caller decides by where the database comes from. */
		migrateOnStart: values.MIGRATE_ON_START ?? null,
		mobileStatus: values.MOBILE_STATUS,
		/** The clock of the emulator, for tests. Null: the machine's, corrected to the database's. */
		clockUrl: values.CLOCK_URL ?? null,
		cacheSize: values.CACHE_SIZE,
		/** One sentence for each production variable that is missing. */
		warnings
	};
}

/** Every variable by its upper-case name; an empty one counts as not set. The upper-case spelling wins. */
function known(environment: Environment): Record<string, string> {
	const found: Record<string, string> = {};
	for (const name of Object.keys(schema.shape)) {
		const value = [environment[name], environment[name.toLowerCase()]]
			.map((spelling) => spelling?.trim())
			.find((spelling) => spelling !== undefined && spelling !== '');
		if (value !== undefined) found[name] = value;
	}
	return found;
}

function warningsFor(values: z.infer<typeof schema>): string[] {
	return productionVariables
		.filter(([name]) => {
			const value = values[name];
			return value === undefined || (Array.isArray(value) && value.length === 0) || (value instanceof Set && value.size === 0);
		})
		.map(([name, without]) => `${name} is not set: ${without}.`);
}

function roleOf(text: string): { readonly guildId: string; readonly roleId: string } {
	const [guildId = '', roleId = ''] = text.split(':');
	return { guildId, roleId };
}

function shardRange(part: string): number[] {
	const [first = 0, last = first] = part.split('-').map(Number);
	return Array.from({ length: Math.min(Math.max(0, last - first + 1), 1001) }, (_, index) => first + index);
}
