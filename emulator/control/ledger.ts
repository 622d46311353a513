import type { LedgerEntry } from '../rest/ledger.js';
import type { Json } from '../state/types.js';
import { stream } from './clock.js';
import type { ControlTable } from './server.js';

/** The ledger over HTTP: what was asked, what was missing or outside Discord's description, who identified. */
export function ledgerControl(table: ControlTable): void {
	const { ledger, discord } = table.control.rest;
	table.on('GET', '/ledger', (_control, _body, query) => {
		const by = query['by'];
		const entries = ledger.entries(by === 'user' || by === 'none' || by === 'all' ? by : 'bot');
		const after = Number(query['after'] ?? 0);
		return entries.filter((entry) => entry.id > after).map(entryView);
	});
	table.on('DELETE', '/ledger', () => {
		ledger.clear();
		ledger.unimplemented.length = 0;
		ledger.violations.length = 0;
		return undefined;
	});
	table.on('GET', '/faults-found', () => ({ unimplemented: [...ledger.unimplemented], violations: [...ledger.violations] }));
	table.on('GET', '/identifies', () => JSON.parse(JSON.stringify(discord.identifies)));
	table.on('GET', '/resumes', () => discord.resumes.map((resume) => ({ ...resume })));
	table.app.get('/_emulator/ledger/stream', (_request, reply) => {
		stream(reply, (send) => ledger.onEntry((entry) => send(entryView(entry))));
	});
}

function entryView(entry: LedgerEntry): Json {
	return { ...entry, query: { ...entry.query }, files: entry.files.map((file) => ({ ...file })) };
}
