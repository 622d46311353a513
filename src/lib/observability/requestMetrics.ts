import { subscribe } from 'node:diagnostics_channel';
import type { Metrics } from './metrics.js';

interface Asked {
	readonly origin: string;
	readonly at: number;
}

/** Counts and times every request that undici makes in this process: discord.js' and our own. */
export function countRequests(metrics: Metrics, discordOrigin: string): void {
	const asked = new WeakMap<object, Asked>();
	const finish = (request: object, status: string) => {
		const { origin, at } = asked.get(request) ?? { origin: '', at: performance.now() };
		asked.delete(request);
		const client = origin === discordOrigin ? 'discord' : 'other';
		metrics.http.inc({ client, status });
		metrics.httpSeconds.observe({ client }, (performance.now() - at) / 1000);
	};
	subscribe('undici:request:create', (message) => {
		const request = requestOf(message);
		if (request !== null) asked.set(request, { origin: 'origin' in request ? String(request.origin) : '', at: performance.now() });
	});
	subscribe('undici:request:headers', (message) => {
		const request = requestOf(message);
		if (request !== null) finish(request, statusClass(message));
	});
	subscribe('undici:request:error', (message) => {
		const request = requestOf(message);
		if (request !== null) finish(request, 'error');
	});
}

function requestOf(message: unknown): object | null {
	if (typeof message !== 'object' || message === null || !('request' in message)) return null;
	return typeof message.request === 'object' ? message.request : null;
}

/** `2xx`, `4xx` …: single codes would be too many lines. 429 stands alone, because it is the one to watch. */
function statusClass(message: unknown): string {
	if (typeof message !== 'object' || message === null || !('response' in message)) return 'unknown';
	const { response } = message;
	const status = typeof response === 'object' && response !== null && 'statusCode' in response ? Number(response.statusCode) : 0;
	return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
