import type { FastifyInstance } from 'fastify';
import type { Discord } from '../discord.js';

/** Serves stored files. */
export function serveCdn(app: FastifyInstance, discord: Discord): void {
	app.get('/cdn/*', (request, reply) => {
		const path = decodeURIComponent((request.url.split('?')[0] ?? '').slice('/cdn/'.length));
		const file = discord.world.files.get(path);
		if (file === undefined) return reply.status(404).type('text/plain').send('This content is no longer available.');
		return reply.type(file.contentType).send(file.data);
	});
}
