import type { LoadedPiece } from '#lib/client/pieceLoading.js';

/** One thing that the bot stands on or could use. */
export interface ServiceState {
	readonly name: string;
	readonly ok: boolean;
	/** What it is, or why it is not there, in a few words. No secrets. */
	readonly detail: string;
}

/** The lines that a start ends with: what is there and what is not, and the pieces per store and per module. Pure. */
export function startTable(services: readonly ServiceState[], pieces: readonly LoadedPiece[]): string[] {
	const width = Math.max(0, ...services.map(({ name }) => name.length));
	const serviceLines = services.map(({ name, ok, detail }) => `${ok ? '✓' : '✗'} ${name.padEnd(width)}  ${detail}`);
	return [
		...serviceLines,
		...grouped('store', pieces, (piece) => piece.store),
		...grouped('module', pieces, (piece) => piece.module ?? '-')
	];
}

function grouped(kind: string, pieces: readonly LoadedPiece[], by: (piece: LoadedPiece) => string): string[] {
	const groups = [...Map.groupBy(pieces, by)].sort(([a], [b]) => a.localeCompare(b));
	return groups.map(([name, members]) => {
		const time = members.reduce((sum, { importMs }) => sum + importMs, 0);
		return `  ${kind} ${name}: ${members.length} ${members.length === 1 ? 'piece' : 'pieces'}, ${time.toFixed(1)} ms`;
	});
}
