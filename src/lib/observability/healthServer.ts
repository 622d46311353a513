import { fastify } from 'fastify';
import { StartFailure } from '#lib/errors/startFailure.js';
import type { Metrics } from './metrics.js';
import type { Readiness } from './readiness.js';

export interface HealthServer {
	/** Where it listens, such as http://127.0.0.1:8080. */
	readonly address: string;
	close(): Promise<void>;
}

export interface HealthServerOptions {
	readonly host: string;
	/** 0: any free one. */
	readonly port: number;
	readonly metrics: Metrics;
	readonly readiness: Readiness;
}

/**
 * `/livez`: the process runs. `/readyz`: 200, or 503 with the reasons. `/metrics`: figures for Prometheus.
 * @throws {StartFailure} when the port is taken
 */
export async function openHealthServer({ host, port, metrics, readiness }: HealthServerOptions): Promise<HealthServer> {
	const server = fastify({ logger: false, forceCloseConnections: true });
	server.get('/livez', () => ({ status: 'alive' }));
	server.get('/readyz', async (_, reply) => {
		const reasons = readiness.reasons();
		const ready = Object.keys(reasons).length === 0;
		return reply.code(ready ? 200 : 503).send(ready ? { status: 'ready' } : { status: 'not ready', reasons });
	});
	server.get('/metrics', async (_, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
	try {
		await server.listen({ host, port });
	} catch (error) {
		await server.close();
		throw portFault(error, host, port);
	}
	const address = server.server.address();
	const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	const shownPort = typeof address === 'object' && address !== null ? address.port : port;
	return { address: `http://${shown}:${shownPort}`, close: () => server.close() };
}

function portFault(error: unknown, host: string, port: number): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'EADDRINUSE')
		return new StartFailure(`Port ${port} is taken by another program: set HTTP_PORT to a free one (0 takes any).`);
	if (code === 'EACCES') return new StartFailure(`Port ${port} may not be opened by this user: set HTTP_PORT to one above 1023.`);
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return new StartFailure(`HTTP_HOST is ${host}, which is no address of this machine.`);
	return error;
}
