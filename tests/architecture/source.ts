import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that Sapphire loads by itself. */
export const stores = [
	'commands',
	'listeners',
	'message-steps',
	'join-steps',
	'voice-steps',
	'interaction-handlers',
	'scheduled-tasks',
	'preconditions'
] as const;

/** Paths of the files below `src`, in the project's form: `src/lib/core/outcome.ts`. */
export const sourceFiles = await filesBelow('src', '**/*.ts', ['src/generated', 'src/templates']);

export async function filesBelow(folder: string, pattern: string, without: readonly string[] = []): Promise<readonly string[]> {
	const files: string[] = [];
	for await (const file of glob(pattern, { cwd: join(root, folder) })) files.push(join(folder, file));
	return files.filter((file) => !without.some((prefix) => file.startsWith(prefix))).sort();
}

const texts = new Map<string, string>();

export function textOf(file: string): string {
	const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
	texts.set(file, text);
	return text;
}

export interface Import {
	readonly from: string;
	/** A file of ours in the project's form, or the name of a package. */
	readonly to: string;
	readonly typeOnly: boolean;
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?([^'";]*?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

export function importsOf(file: string): readonly Import[] {
	return [...textOf(file).matchAll(IMPORT)].map((match) => {
		const names = match[2] ?? '';
		const inBraces =
			/\{([^}]*)\}/
				.exec(names)?.[1]
				?.split(',')
				.map((name) => name.trim())
				.filter(Boolean) ?? null;
		const onlyTypes =
			inBraces !== null && inBraces.length > 0 && inBraces.every((name) => name.startsWith('type ')) && /^\s*\{/.test(names);
		return { from: file, to: resolve(file, match[3] ?? match[4] ?? ''), typeOnly: match[1] !== undefined || onlyTypes };
	});
}

function resolve(file: string, specifier: string): string {
	const source = specifier.replace(/\.js$/, '.ts');
	if (specifier.startsWith('#')) return `src/${source.slice(1)}`;
	if (specifier.startsWith('.')) return normalize(join(dirname(file), source));
	return specifier;
}

/** `commands`, `lib`, `modules` … */
export function layerOf(file: string): string {
	return file.split('/')[1] ?? '';
}

/** The module of a piece or of a file below src/modules. */
export function moduleOf(file: string): string | null {
	const [, layer = '', folder, name] = file.split('/');
	if (layer === 'modules') return folder ?? null;
	return isStore(layer) && name !== undefined ? (folder ?? null) : null;
}

export function isStore(layer: string): boolean {
	return (stores as readonly string[]).includes(layer);
}

/** A file that Sapphire loads; `_part.ts` files it skips. */
export function isPiece(file: string): boolean {
	return isStore(layerOf(file)) && !(file.split('/').at(-1) ?? '').startsWith('_');
}
