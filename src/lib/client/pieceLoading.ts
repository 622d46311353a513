import { performance } from 'node:perf_hooks';
import { container, LoaderStrategy, type Piece, Store, VirtualPath } from '@sapphire/pieces';
import { StartFailure } from '#lib/errors/startFailure.js';

export interface LoadedPiece {
	readonly store: string;
	readonly name: string;
	/** The folder below the store: the module's name. Null for pieces that are made in code. */
	readonly module: string | null;
	/** How long its file took to import, in milliseconds. */
	readonly importMs: number;
}

export interface PieceLoading {
	readonly pieces: readonly LoadedPiece[];
}

/**
 * Watches all stores from now on; call before the client is made. Sapphire itself only prints a piece that fails and goes on
 * without it, and of two with one name it keeps the last; here the login rejects with a {@link StartFailure} that names them all.
 */
export function watchPieceLoading(describe: (error: Error) => string = (error) => error.message): PieceLoading {
	const strategy = new WatchingStrategy(describe);
	Store.defaultStrategy = strategy;
	return strategy;
}

class WatchingStrategy<T extends Piece> extends LoaderStrategy<T> implements PieceLoading {
	public readonly pieces: LoadedPiece[] = [];
	readonly #faults: string[] = [];
	readonly #loadedStores = new Set<string>();
	readonly #importMs = new Map<string, number>();

	public constructor(private readonly describe: (error: Error) => string) {
		super();
	}

	public override async preload(...parameters: Parameters<LoaderStrategy<T>['preload']>) {
		const start = performance.now();
		const module = await super.preload(...parameters);
		this.#importMs.set(parameters[0].path, performance.now() - start);
		return module;
	}

	public override onLoad(store: Store<T>, piece: T): void {
		const previous = store.get(piece.name);
		const path = piece.location.full;
		if (previous !== undefined && previous !== piece && !mayReplace(store.name, previous.location.full))
			this.#faults.push(
				`Two ${store.name} are called "${piece.name}": ${previous.location.full} and ${path}. Names are unique in a store; folders do not count.`
			);
		if (path === VirtualPath) return;
		const [module = null] = piece.location.directories;
		this.pieces.push({ store: store.name, name: piece.name, module, importMs: this.#importMs.get(path) ?? 0 });
	}

	/** Once the last store is there, so that every fault is told, and before the login. */
	public override onLoadAll(store: Store<T>): void {
		this.#loadedStores.add(store.name);
		if (this.#loadedStores.size === container.stores.size && this.#faults.length > 0)
			throw new StartFailure(
				`Evict cannot start, since pieces of it are missing or doubled:\n${this.#faults.map((fault) => `  ${fault}`).join('\n')}`
			);
	}

	public override onError(error: Error, path: string): void {
		this.#faults.push(`${path} did not load: ${this.describe(error)}`);
	}
}

/** Pieces that Sapphire brings along may be replaced by ours on purpose, except commands: it brings none. */
function mayReplace(store: string, previousPath: string): boolean {
	return previousPath === VirtualPath && store !== 'commands';
}
