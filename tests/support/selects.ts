import type { SeenMessage } from '../../emulator/driver/index.js';

/** The placeholder of the first select, by which a person finds it. */
export function selectOf(message: SeenMessage): string {
	return /"placeholder":"([^"]+)"/.exec(JSON.stringify(message.components))?.[1] ?? '';
}
