import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { schedulePollEnd } from './actions/polls.js';
import { serveAuthorizePage } from './control/authorizePage.js';
import { serveControl } from './control/index.js';
import { servePage } from './control/page.js';
import { Discord, type RateLimitMode, rateLimitMode } from './discord.js';
import { GatewayFaults } from './gateway/faults.js';
import { GatewayServer } from './gateway/server.js';
import { type DiscordError, refuse } from './rest/errors.js';
import { RestFaults } from './rest/faults.js';
import { Inspector } from './rest/inspector.js';
import { Ledger } from './rest/ledger.js';
import { RateLimits } from './rest/rateLimits.js';
import { RouteTable } from './rest/route.js';
import { type Rest, serve, withoutVersion } from './rest/serve.js';
import { serveCdn } from './routes/cdn.js';
import { areas } from './routes/index.js';
import { loadSpec } from './spec/index.js';
import { OperationMatcher } from './spec/matcher.js';
import { namedOperations } from './spec/operationTable.js';
import { type Seed, seedWorld } from './state/seed.js';
import { settleTown } from './state/town.js';

export interface EmulatorOptions {
	/** 0 takes a free one. */
	port?: number;
	host?: string;
	/** Else `DISCORD_RATE_LIMITS`, else wide. */
	rateLimits?: RateLimitMode;
	/** How many plain members the first server has, beside its owner and the bot. */
	members?: number;
	/** False: requests and answers are not judged by Discord's description (for load). */
	inspect?: boolean;
	/** True: the first server has staff, a booster, another bot, and a channel for every module of the bot. */
	town?: boolean;
}

/** Where an emulator is and who lives there: all that somebody in another process needs. */
export type Description = {
	api: string;
	cdn: string;
	gateway: string;
	botToken: string;
	applicationId: string;
	guildId: string;
	channels: { id: string; name: string }[];
	users: { id: string; name: string; token: string }[];
};

/** A running Discord. */
export interface Emulator extends Seed {
	discord: Discord;
	ledger: Ledger;
	rest: Rest;
	gatewayFaults: GatewayFaults;
	port: number;
	/** What `DISCORD_API_URL` takes, without a version. */
	api: string;
	cdn: string;
	gateway: string;
	identifies: Discord['identifies'];
	/** The line that `npm run discord` prints. */
	describe: () => Description;
	close: () => Promise<void>;
}

/** Starts a Discord in this process, with one server, its owner, some members and a bot. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const discord = new Discord();
	discord.rateLimits = options.rateLimits ?? rateLimitMode(process.env['DISCORD_RATE_LIMITS']) ?? 'wide';
	discord.onPoll = (channel, message) => schedulePollEnd(discord, channel, message);
	const ledger = new Ledger();
	const inspector = new Inspector(options.inspect === false ? null : loadSpec(), discord.world, ledger);
	const rest: Rest = { discord, ledger, limits: new RateLimits(discord), inspector, faults: new RestFaults() };
	const gatewayServer = new GatewayServer(discord);
	const gatewayFaults = new GatewayFaults(discord, gatewayServer);
	const app = Fastify({
		bodyLimit: 130 << 20,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 512 },
		frameworkErrors: (_error, _request, reply) => void sayStatus(reply, 400, 'Bad Request'),
		rewriteUrl: ({ url = '/' }) => withoutVersion(url)
	});
	const world: { seed: Seed | null } = { seed: null };
	registerRoutes(app, rest);
	serveControl(app, {
		rest,
		gatewayFaults,
		talking: { said: 0, count: 0 },
		describe: () => (world.seed === null ? null : describe(discord, world.seed))
	});
	serveAuthorizePage(app, discord);
	servePage(app);
	app.server.on('upgrade', (request, socket, head) => gatewayServer.upgrade(request, socket, head));
	const host = options.host ?? '127.0.0.1';
	await app.listen({ port: options.port ?? 0, host });
	const { port } = app.server.address() as AddressInfo;
	const urls = { api: `http://${host}:${port}/api`, cdn: `http://${host}:${port}/cdn`, gateway: `ws://${host}:${port}/gateway` };
	discord.urls = urls;
	const seed = seedWorld(discord, options.members ?? 5);
	if (options.town === true) settleTown(discord, seed);
	world.seed = seed;
	return {
		...seed,
		...urls,
		discord,
		ledger,
		rest,
		gatewayFaults,
		port,
		identifies: discord.identifies,
		describe: () => describe(discord, seed),
		close: async () => {
			discord.world.clock.stop();
			gatewayServer.close();
			await app.close();
		}
	};
}

function describe(discord: Discord, seed: Seed): Description {
	return {
		...discord.urls,
		botToken: seed.botToken,
		applicationId: seed.application.id,
		guildId: seed.guild.id,
		channels: seed.channels.map(({ id, name }) => ({ id, name })),
		users: seed.users.map(({ user, token }) => ({ id: user.id, name: user.username, token }))
	};
}

/** Versions of the API that the emulator speaks. https://discord.com/developers/docs/reference#api-versioning */
const knownVersion = /^\/api\/v(?:9|10)\//;
const knownOperations = new OperationMatcher(namedOperations);

function registerRoutes(app: FastifyInstance, rest: Rest): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	const table = new RouteTable();
	for (const area of areas) area(table);
	for (const route of table.routes) serve(app, rest, route);
	serveCdn(app, rest.discord);
	app.setNotFoundHandler((request, reply) => {
		const path = request.originalUrl.split('?')[0] ?? '';
		const what = `${request.method} ${path}`;
		rest.ledger.unimplemented.push(what);
		if (/^\/api\/v\d+\//.test(path) && !knownVersion.test(path)) return say(reply, refuse(50041));
		return sayStatus(reply, ...unknownRoute(request.method, path));
	});
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		if (error.statusCode === 413) return say(reply, refuse(40005));
		rest.ledger.violations.push(`the emulator failed: ${error.stack ?? error.message}`);
		return sayStatus(reply, 500, 'Internal Server Error');
	});
}

function say(reply: FastifyReply, error: DiscordError): FastifyReply {
	return reply.status(error.status).type('application/json').send(JSON.stringify(error));
}

/** Discord's answer where no route speaks. */
function sayStatus(reply: FastifyReply, status: number, message: string): FastifyReply {
	return reply
		.status(status)
		.type('application/json')
		.send(JSON.stringify({ message: `${status}: ${message}`, code: 0 }));
}

/** Discord's answer to what it does not have either; what it has and the emulator lacks is told apart. */
function unknownRoute(method: string, path: string): [status: number, message: string] {
	if (!/^\/api(\/|$)/.test(path) || /\/(\/|$)/.test(path)) return [404, 'Not Found'];
	if (knownOperations.match(method, path) !== null) return [501, `The emulator has no ${method} ${path}`];
	const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => other !== method);
	const isPath = others.some((other) => knownOperations.match(other, path) !== null);
	return isPath ? [405, 'Method Not Allowed'] : [404, 'Not Found'];
}
