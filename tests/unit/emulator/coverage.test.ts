import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLIENT_ROUTES } from '../../../emulator/rest/clientRoutes.js';
import { coverage, registeredRoutes, renderCoverage } from '../../../emulator/spec/coverage.js';
import { findDocument, readDocument } from '../../../emulator/spec/document.js';
import { OperationMatcher } from '../../../emulator/spec/matcher.js';
import { namedOperations } from '../../../emulator/spec/operationTable.js';
import { renderOperationTable } from '../../../emulator/spec/renderOperationTable.js';

const fileOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('the table of operations', () => {
	test('docs/discord-operations.md is what the route registrations say (npm run discord:operations)', () => {
		expect(fileOf('docs/discord-operations.md')).toBe(renderCoverage(coverage()));
	});

	test('nothing is missing: what is not implemented has a reason', () => {
		const missing = coverage().filter(({ standing }) => standing === 'missing');
		expect(missing.map(({ operation }) => operation.id)).toEqual([]);
	});

	test('nothing implemented is called not needed', () => {
		expect(coverage().filter(({ standing, reason }) => standing === 'implemented' && reason !== '')).toEqual([]);
	});

	test('a route counts for the operation it serves, and for the aliases its parameters take', () => {
		const route = { method: 'PATCH', path: '/webhooks/:webhookId/:token/messages/:messageId', handler: () => null, options: {} } as const;
		const found = coverage([route]).filter(({ standing }) => standing === 'implemented');
		expect(found.map(({ operation }) => operation.id)).toEqual(['update_original_webhook_message', 'update_webhook_message']);
		expect(coverage([]).some(({ standing }) => standing === 'implemented')).toBe(false);
	});

	test('no route is registered twice', () => {
		const keys = registeredRoutes().map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test('each route is Discord’s or known as one of its clients’, and no client route is listed without need', () => {
		const spec = new OperationMatcher(namedOperations);
		const own = registeredRoutes().filter(({ method, path }) => spec.match(method, path.replaceAll(/:\w+/g, '1')) === null);
		expect(own.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([...CLIENT_ROUTES.keys()].toSorted());
	});

	const document = findDocument();
	test.runIf(document !== null)('operationTable.ts is what the official description says (npm run discord:operations)', () => {
		if (document !== null) expect(fileOf('emulator/spec/operationTable.ts')).toBe(renderOperationTable(readDocument(document).operations));
	});
});
