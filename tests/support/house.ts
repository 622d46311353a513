import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openWorld, type WorldDriver, type WorldOptions } from '../../emulator/driver/index.js';
import { type TestDatabase, testDatabase } from './databases.js';
import { randomPrefix } from './redis.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** How long people wait for what is to come: a loaded machine is late, and nobody waits longer for what comes in time. */
const patienceMs = 15_000;

type Environment = Readonly<Record<string, string | undefined>>;

export interface HouseOptions {
	/** Variables of every start; undefined takes one away. A function, where they name people of its Discord. */
	readonly env?: Environment | ((discord: WorldDriver) => Promise<Environment>);
	/** Redis too (the test must be below `describeWithRedis`). */
	readonly redis?: boolean;
	/** False: the test starts the bot itself. */
	readonly start?: boolean;
	/** A Discord that another house runs on: a second process of the same bot. */
	readonly beside?: House;
	readonly world?: WorldOptions;
	/** How long each of its starts may take. */
	readonly readyWithinMs?: number;
}

/** One life of the bot's process, from start to exit. */
export class BotProcess {
	/** Everything that it wrote, on both outputs. */
	public output = '';
	public readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

	public constructor(public readonly child: ChildProcess) {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8');
			stream?.on('data', (text: string) => {
				this.output += text;
				child.emit('output');
			});
		}
		this.exit = once(child, 'close').then(([code, signal]) => ({ code, signal }));
	}

	public get running(): boolean {
		return this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Waits until what it wrote fits. */
	public async said(what: RegExp, withinMs = 60_000): Promise<RegExpExecArray> {
		const end = AbortSignal.timeout(withinMs);
		for (;;) {
			const found = what.exec(this.output);
			if (found !== null) return found;
			if (!this.running) throw new Error(`The bot ended without saying ${what}:\n${this.output}`);
			await Promise.race([
				once(this.child, 'output', { signal: end }).catch(() => {
					throw new Error(`The bot did not say ${what} within ${withinMs} ms:\n${this.output}`);
				}),
				this.exit
			]);
		}
	}
}

/** The built bot in a process of its own, with its Discord and its database. */
export class House {
	public bot: BotProcess | null = null;
	/** All processes so far, the running one last. */
	public readonly lives: BotProcess[] = [];
	/** Characters of output that belong to stories of before. */
	#forgotten = 0;

	public constructor(
		public readonly discord: WorldDriver,
		public readonly database: TestDatabase,
		private readonly env: Environment,
		private readonly ownsWorld: boolean,
		public readonly redisPrefix: string,
		private readonly readyWithinMs = 100_000
	) {}

	/** The Redis of its processes, if they have one. */
	public get redisUrl(): string | undefined {
		return this.env['REDIS_URL'];
	}

	/** Everything that all its processes wrote, since stories were forgotten if they were. */
	public get output(): string {
		return this.#allOutput().slice(this.#forgotten);
	}

	/** Starts the process, and by default waits until the bot is ready. */
	public async start(extra: Environment = {}, { ready = true }: { readonly ready?: boolean } = {}): Promise<BotProcess> {
		const env = { ...process.env, ...this.env, ...extra };
		for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
		const bot = new BotProcess(
			// A young generation that stays small spares a start the memory that it would touch once: a seventh of its time.
			spawn(process.execPath, ['--max-semi-space-size=4', main], { env, cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'pipe'] })
		);
		// A test that fails before it closes its house leaves nobody behind.
		const end = () => void bot.child.kill('SIGKILL');
		process.once('exit', end);
		void bot.exit.then(() => process.off('exit', end));
		this.bot = bot;
		this.lives.push(bot);
		if (ready) await this.becomesReady();
		return bot;
	}

	/** Waits for /readyz. */
	public async becomesReady(withinMs = this.readyWithinMs): Promise<void> {
		const bot = this.#running();
		const end = performance.now() + withinMs;
		const address = await this.health(withinMs);
		for (;;) {
			// Refused: it is ending.
			const { status, body } = await get(`${address}/readyz`).catch(() => ({ status: 0, body: null }));
			if (status === 200) return;
			if (!bot.running || performance.now() > end) throw new Error(`The bot is not ready: ${JSON.stringify(body)}\n${bot.output}`);
			await Promise.race([bot.exit, new Promise((resolve) => setTimeout(resolve, 25))]);
		}
	}

	/** Where its health server listens. */
	public async health(withinMs?: number): Promise<string> {
		const [, address = ''] = await this.#running().said(/Health and figures: (http:\/\/[\d.]+:\d+)/, withinMs);
		return address;
	}

	/** What `/readyz` says. */
	public async readiness(): Promise<{ status: number; body: unknown }> {
		return get(`${await this.health()}/readyz`);
	}

	/** SIGTERM; answers the exit code. */
	public async stop(): Promise<number | null> {
		const bot = this.#running();
		bot.child.kill('SIGTERM');
		const { code } = await bot.exit;
		this.bot = null;
		return code;
	}

	/** SIGKILL: what a crash looks like to everybody else. */
	public async kill(): Promise<void> {
		const bot = this.#running();
		bot.child.kill('SIGKILL');
		await bot.exit;
		this.bot = null;
	}

	/** Moves the clock of Discord and of the bot, which looks at its timers at once. */
	public async passTime({
		days = 0,
		hours = 0,
		minutes = 0,
		seconds = 0
	}: Partial<Record<'days' | 'hours' | 'minutes' | 'seconds', number>>): Promise<void> {
		await this.discord.clock.advance((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
	}

	/** For stories that share a house: nothing of those before is left in its output and in its Discord. */
	public async forgetStories(): Promise<void> {
		this.#forgotten = this.#allOutput().length;
		await this.discord.forgetStories();
	}

	public async [Symbol.asyncDispose](): Promise<void> {
		for (const bot of this.lives) {
			if (!bot.running) continue;
			bot.child.kill('SIGKILL');
			await bot.exit;
		}
		if (!this.ownsWorld) return;
		await this.discord.close();
		await this.database[Symbol.asyncDispose]();
	}

	#allOutput(): string {
		return this.lives.map((life) => life.output).join('');
	}

	#running(): BotProcess {
		if (this.bot === null) throw new Error('The bot is not running');
		return this.bot;
	}
}

/** A Discord, a database with all migrations, and the built bot, ready. All of it ends with the scope: `await using house = …`. */
export async function openHouse({
	env = {},
	redis = false,
	start = true,
	beside,
	world = {},
	readyWithinMs
}: HouseOptions = {}): Promise<House> {
	const discord = beside?.discord ?? (await openWorld({ patience: patienceMs, ...world }));
	const database = beside?.database ?? (await testDatabase());
	// One bot, in however many processes, has one prefix.
	const prefix = beside?.redisPrefix ?? randomPrefix();
	const house = new House(
		discord,
		database,
		{
			...discord.environment,
			DATABASE_URL: database.url,
			// A start fills its pool, and each session costs the server 50 to 80 ms.
			DATABASE_POOL: '4',
			REDIS_URL: redis ? process.env['TEST_REDIS_URL'] : undefined,
			REDIS_PREFIX: prefix,
			CLOCK_URL: `${discord.description.api.replace(/\/api$/, '')}/_emulator/clock`,
			// Stories count messages; those about these two switch them on.
			CONSENT_NOTICE: 'false',
			WELCOME_MESSAGE: 'false',
			HTTP_PORT: '0',
			HTTP_HOST: '127.0.0.1',
			LOG_FORMAT: 'json',
			NODE_ENV: 'test',
			...(typeof env === 'function' ? await env(discord) : env)
		},
		beside === undefined,
		prefix,
		readyWithinMs
	);
	try {
		if (start) await house.start();
	} catch (error) {
		await house[Symbol.asyncDispose]();
		throw error;
	}
	return house;
}

async function get(url: string): Promise<{ status: number; body: unknown }> {
	const answer = await fetch(url);
	const text = await answer.text();
	return { status: answer.status, body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
}
