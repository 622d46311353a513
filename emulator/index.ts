export { type Description, type Emulator, type EmulatorOptions, startEmulator } from './emulator.js';
export type { LedgerEntry } from './rest/ledger.js';
export { Clock } from './state/clock.js';
