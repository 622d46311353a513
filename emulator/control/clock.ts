import type { FastifyReply } from 'fastify';
import type { ClockReading } from '../state/clock.js';
import type { Json } from '../state/types.js';
import { Followers } from './followers.js';
import type { ControlTable } from './server.js';

/**
 * The world's time over HTTP, and a stream that tells listeners when it was moved. A listener that has a name, `?follower=`, says which
 * change it has taken over, and who moves the time is answered when all of them have: what he does next happens at the new time.
 */
export function clockControl(table: ControlTable): void {
	const { clock } = table.control.rest.discord.world;
	table.on('GET', '/clock', () => reading(clock.read()));
	const followers = new Followers();
	table.on('POST', '/clock', async (_control, body) => {
		const advance = body.integer('advance');
		const now = body.integer('now');
		const offset = body.integer('offset');
		body.done();
		if (now !== undefined) clock.set(now);
		if (offset !== undefined) clock.setOffset(offset);
		if (advance !== undefined) clock.advance(advance);
		const moved = clock.read();
		await followers.allTook(moved.revision);
		return reading(moved);
	});
	table.on('POST', '/clock/taken', (_control, body) => {
		const follower = body.string('follower');
		const revision = body.integer('revision');
		body.done();
		if (follower !== undefined && revision !== undefined) followers.took(follower, revision);
		return undefined;
	});
	table.app.get<{ Querystring: { follower?: string } }>('/_emulator/clock/stream', ({ query }, reply) => {
		stream(reply, (send) => {
			const leave = query.follower === undefined ? () => undefined : followers.join(query.follower);
			send(reading(clock.read()));
			const stop = clock.onChange((change) => send(reading(change)));
			return () => {
				stop();
				leave();
			};
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
