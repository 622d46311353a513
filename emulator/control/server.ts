import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayFaults } from '../gateway/faults.js';
import { Body } from '../rest/body.js';
import { DiscordError } from '../rest/errors.js';
import { parseJson } from '../rest/multipart.js';
import type { Rest } from '../rest/serve.js';
import type { Json } from '../state/types.js';

/** What a control route works on. */
export interface Control {
	rest: Rest;
	gatewayFaults: GatewayFaults;
	/** How far the talk that was asked for has come. */
	talking: { said: number; count: number };
	/** The line that `npm run discord` prints. */
	describe: () => Json;
}

export type ControlHandler = (control: Control, body: Body, query: Record<string, string>) => Json | undefined | Promise<Json | undefined>;

/** Registers `/_emulator` routes: no authorisation, nothing of Discord. A handler that answers nothing gives 204. */
export class ControlTable {
	constructor(
		readonly app: FastifyInstance,
		readonly control: Control
	) {}

	on(method: 'GET' | 'POST' | 'DELETE', path: string, handler: ControlHandler): void {
		this.app.route({
			method,
			url: `/_emulator${path}`,
			handler: async (request, reply) => {
				try {
					const answer = await handler(this.control, readBody(request), readQuery(request));
					if (answer === undefined) return reply.status(204).send();
					return reply.type('application/json').send(JSON.stringify(answer));
				} catch (error) {
					if (!(error instanceof DiscordError)) throw error;
					return reply.status(error.status).type('application/json').send(JSON.stringify(error));
				}
			}
		});
	}
}

function readBody(request: FastifyRequest): Body {
	return new Body(Buffer.isBuffer(request.body) ? parseJson(request.body.toString('utf8')) : undefined);
}

function readQuery(request: FastifyRequest): Record<string, string> {
	const at = request.url.indexOf('?');
	return at === -1 ? {} : Object.fromEntries(new URLSearchParams(request.url.slice(at + 1)));
}
