import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Listener } from '@sapphire/framework';
import { type Piece, type Store, type StoreRegistry, VirtualPath } from '@sapphire/pieces';
import { StartFailure } from '#lib/errors/startFailure.js';

/** Sapphire recognises some ways to run TypeScript, but not `--import tsx`. */
const runsFromSource = import.meta.filename.endsWith('.ts');

export interface LoadedPiece {
	readonly store: string;
	readonly name: string;
	/** The folder below the store: the module's name. Null for pieces that lie in the store's own folder. */
	readonly module: string | null;
	/** How long its file took to import, in milliseconds. */
	readonly importMs: number;
}

/** What was loaded, filled while the client logs in. */
export interface PieceLoading {
	readonly pieces: readonly LoadedPiece[];
}

/**
 * Watches all stores; call between the making of the client and its login. Sapphire itself only prints a piece that fails and
 * goes on without it, and of two with one name it keeps the last; here the login rejects with a {@link StartFailure} that
 * names them all.
 */
export function watchPieceLoading(stores: StoreRegistry): PieceLoading {
	const pieces: LoadedPiece[] = [];
	const faults: string[] = [];
	const importMs = new Map<string, number>();
	const loaded = new Set<string>();

	const onLoad = (store: Store<Piece>, piece: Piece) => {
		const previous = store.get(piece.name);
		const path = piece.location.full;
		if (previous !== undefined && previous !== piece && !mayReplace(store.name, previous.location.full))
			faults.push(
				`Two ${store.name} are called "${piece.name}": ${previous.location.full} and ${path}. Names are unique in a store; folders do not count.`
			);
		if (path === VirtualPath) return;
		const [module = null] = piece.location.directories;
		pieces.push({ store: store.name, name: piece.name, module, importMs: importMs.get(path) ?? 0 });
		importMs.delete(path);
	};
	// Once the last store is there, so that every fault is told, and before anything is connected.
	const onLoadAll = (store: Store<Piece>) => {
		loaded.add(store.name);
		if (loaded.size === stores.size && faults.length > 0)
			throw new StartFailure(
				`Evict cannot start, since pieces of it are missing or doubled:\n${faults.map((fault) => `  ${fault}`).join('\n')}`
			);
	};
	const onError = (error: Error, path: string) => void faults.push(`${path} did not load: ${error.message}`);
	const timed = (path: string, start: number) => void importMs.set(path, performance.now() - start);

	for (const strategy of new Set([...stores.values()].map((store) => store.strategy)))
		wrap(strategy, { onLoad, onLoadAll, onError, timed });
	return { pieces };
}

interface Watcher {
	onLoad(store: Store<Piece>, piece: Piece): void;
	onLoadAll(store: Store<Piece>): void;
	onError(error: Error, path: string): void;
	timed(path: string, start: number): void;
}

/** Several stores bring a strategy of their own, so the methods are replaced rather than the strategies. */
function wrap(strategy: Store<Piece>['strategy'], watcher: Watcher): void {
	const own = {
		onLoad: strategy.onLoad?.bind(strategy),
		onUnload: strategy.onUnload?.bind(strategy)
	};
	Object.assign(strategy, {
		...(runsFromSource ? { supportedExtensions: ['.ts'], filterDtsFiles: true } : {}),
		// Sapphire's own adds the time to the address, so that a piece can be loaded again; Node's compile cache never finds it then.
		async preload({ path }: { readonly path: string }) {
			const start = performance.now();
			try {
				return await import(pathToFileURL(path).href);
			} finally {
				watcher.timed(path, start);
			}
		},
		onLoad(store: Store<Piece>, piece: Piece) {
			watcher.onLoad(store, piece);
			return own.onLoad?.(store, piece);
		},
		onUnload(store: Store<Piece>, piece: Piece) {
			removeOnce(piece);
			return own.onUnload?.(store, piece);
		},
		onLoadAll: watcher.onLoadAll,
		onError: watcher.onError
	});
}

/** Sapphire forgets to take away the listener of a `once` piece that another piece replaces: both would run. */
function removeOnce(piece: Piece): void {
	if (!(piece instanceof Listener) || !piece.once) return;
	const listener: unknown = Reflect.get(piece, '_listener');
	if (isListener(listener)) piece.emitter?.off(piece.event, listener);
}

function isListener(value: unknown): value is (...args: unknown[]) => void {
	return typeof value === 'function';
}

/** Pieces that Sapphire brings along may be replaced by ours on purpose, except commands: it brings none. */
function mayReplace(store: string, previousPath: string): boolean {
	return previousPath === VirtualPath && store !== 'commands';
}
