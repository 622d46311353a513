import type { FastifyReply } from 'fastify';
import type { ClockReading } from '../state/clock.js';
import type { Json } from '../state/types.js';
import type { ControlTable } from './server.js';

/** The world's time over HTTP, and a stream that tells listeners when it was moved. */
export function clockControl(table: ControlTable): void {
	const { clock } = table.control.rest.discord.world;
	table.on('GET', '/clock', () => reading(clock.read()));
	table.on('POST', '/clock', (_control, body) => {
		const advance = body.integer('advance');
		const now = body.integer('now');
		const offset = body.integer('offset');
		body.done();
		if (now !== undefined) clock.set(now);
		if (offset !== undefined) clock.setOffset(offset);
		if (advance !== undefined) clock.advance(advance);
		return reading(clock.read());
	});
	table.app.get('/_emulator/clock/stream', (_request, reply) => {
		stream(reply, (send) => {
			send(reading(clock.read()));
			return clock.onChange((change) => send(reading(change)));
		});
	});
}

function reading({ now, offset, revision }: ClockReading): Json {
	return { now, offset, revision };
}

/** Server-sent events: one `data:` line of JSON for each thing that `start` sends, until the client leaves. */
export function stream(reply: FastifyReply, start: (send: (data: Json) => void) => () => void): void {
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
	const stop = start((data) => reply.raw.write(`data: ${JSON.stringify(data)}\n\n`));
	reply.raw.on('close', stop);
}
