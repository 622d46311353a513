import type { FastifyInstance } from 'fastify';
import type { Discord } from '../discord.js';
import { isLive } from '../state/cdnLinks.js';
import { defaultAvatar } from './defaultAvatars.js';

/** Serves stored files; attachments only by an address that was handed out and is not over. */
export function serveCdn(app: FastifyInstance, discord: Discord): void {
	app.get('/cdn/*', (request, reply) => {
		const path = decodeURIComponent((request.url.split('?')[0] ?? '').slice('/cdn/'.length));
		const file = discord.world.files.get(path);
		const plain = file === undefined ? defaultAvatar(path) : null;
		if (plain !== null) return reply.type('image/png').send(plain);
		const query = new URLSearchParams(request.url.split('?')[1] ?? '');
		const isOver = path.startsWith('attachments/') && !isLive(path, query, discord.world.clock.now());
		if (file === undefined || isOver) return reply.status(404).type('text/plain').send('This content is no longer available.');
		return reply.type(file.contentType).send(file.data);
	});
}
