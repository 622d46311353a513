import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where `npm run build:page` puts the playground. */
export const pageFolder = fileURLToPath(new URL('../page/dist', import.meta.url));

const MISSING = 'The playground is not built yet. Run "npm run build:page", then start the emulator again.';

export function isPageBuilt(): boolean {
	return existsSync(`${pageFolder}/index.html`);
}

/** The playground below /playground/; the bare address leads there. */
export function servePage(app: FastifyInstance): void {
	app.get('/', (_request, reply) => reply.redirect('/playground/'));
	if (!isPageBuilt()) {
		app.get('/playground/*', (_request, reply) => reply.status(503).type('text/plain; charset=utf-8').send(MISSING));
		return;
	}
	app.get('/playground', (_request, reply) => reply.redirect('/playground/'));
	app.register(fastifyStatic, { root: pageFolder, prefix: '/playground/', decorateReply: false });
}
