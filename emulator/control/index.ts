import type { FastifyInstance } from 'fastify';
import { clockControl } from './clock.js';
import { faultControl } from './faults.js';
import { ledgerControl } from './ledger.js';
import { loadControl } from './load.js';
import { peopleControl } from './people.js';
import { type Control, ControlTable } from './server.js';
import { setupControl } from './setup.js';

/** Registers everything below `/_emulator`. */
export function serveControl(app: FastifyInstance, control: Control): void {
	const table = new ControlTable(app, control);
	setupControl(table);
	clockControl(table);
	ledgerControl(table);
	faultControl(table);
	loadControl(table);
	peopleControl(table);
}
