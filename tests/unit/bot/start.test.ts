import { DiscordAPIError, GatewayCloseCodes } from 'discord.js';
import { expect, test } from 'vitest';
import { applicationIdOf } from '#lib/client/applicationId.js';
import { fatalCloseSentence, loginFault } from '#lib/client/loginFault.js';
import { nodeFault } from '#lib/core/nodeVersion.js';
import { StartFailure } from '#lib/errors/startFailure.js';
import { openHealthServer } from '#lib/observability/healthServer.js';
import { openMetrics } from '#lib/observability/metrics.js';
import { Readiness } from '#lib/observability/readiness.js';
import { startTable } from '#lib/observability/startTable.js';

test.each([
	['v20.19.0', true],
	['v22.11.9', true],
	['v22.12.0', false],
	['v24.21.0', false]
])('Node %s: too old is %s', (version, tooOld) => {
	expect(nodeFault(version) !== null).toBe(tooOld);
});

test('the application of a token is the id that it begins with, otherwise a number of its own', () => {
	const token = `${Buffer.from('123456789012345678').toString('base64')}.a.b`;
	expect(applicationIdOf(token)).toBe('123456789012345678');
	expect(applicationIdOf('something else')).toMatch(/^\d{1,19}$/);
	expect(applicationIdOf('something else')).not.toBe(applicationIdOf('another'));
});

test('every close code that cannot be mended has a sentence, and no other has', () => {
	for (const code of [4004, 4010, 4011, 4012, 4013, 4014]) expect(fatalCloseSentence(code)).toMatch(/^[A-Z].*\.$/);
	for (const code of [1000, 1006, GatewayCloseCodes.RateLimited, GatewayCloseCodes.SessionTimedOut])
		expect(fatalCloseSentence(code)).toBeNull();
});

test('what goes wrong at the login is a sentence where its reason is known', () => {
	const refused = new DiscordAPIError({ code: 0, message: '401: Unauthorized' }, 0, 401, 'GET', 'https://x', {});
	expect(loginFault(refused, 'https://x')).toMatchObject({ message: expect.stringContaining("does not accept the bot's token") });
	const away = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
	expect(loginFault(away, 'https://x')).toBeInstanceOf(StartFailure);
	const bug = new TypeError('x is not a function');
	expect(loginFault(bug, 'https://x')).toBe(bug);
});

test('the table of a start shows what is there, what is not, and the pieces per store and module', () => {
	const piece = (store: string, module: string | null, importMs: number) => ({ store, module, name: 'x', importMs });
	const services = [
		{ name: 'database', ok: true, detail: 'PostgreSQL' },
		{ name: 'cache', ok: false, detail: 'away' }
	];
	expect(startTable(services, [piece('commands', 'afk', 1), piece('commands', 'help', 2.25), piece('preconditions', null, 0)])).toEqual([
		'✓ database  PostgreSQL',
		'✗ cache     away',
		'  store commands: 2 pieces, 3.3 ms',
		'  store preconditions: 1 piece, 0.0 ms',
		'  module -: 1 piece, 0.0 ms',
		'  module afk: 1 piece, 1.0 ms',
		'  module help: 1 piece, 2.3 ms'
	]);
});

test('health: alive at once, ready when every check is, figures for Prometheus; a taken port is one sentence', async () => {
	const readiness = new Readiness();
	let reason: string | null = 'the database is away';
	readiness.add('database', () => reason);
	const metrics = openMetrics({ process: false });
	metrics.commands.inc({ command: 'afk.afk', flow: 'slash' });
	const server = await openHealthServer({ host: '127.0.0.1', port: 0, metrics, readiness });
	try {
		expect((await fetch(`${server.address}/livez`)).status).toBe(200);
		const away = await fetch(`${server.address}/readyz`);
		expect([away.status, await away.json()]).toEqual([503, { status: 'not ready', reasons: { database: 'the database is away' } }]);
		reason = null;
		expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
		expect(await (await fetch(`${server.address}/metrics`)).text()).toContain('evict_commands_total{command="afk.afk",flow="slash"} 1');
		const port = Number(new URL(server.address).port);
		await expect(openHealthServer({ host: '127.0.0.1', port, metrics, readiness })).rejects.toThrow(`Port ${port} is taken`);
	} finally {
		await server.close();
	}
});
