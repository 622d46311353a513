import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as Engine from '@prisma/schema-engine-wasm';
import type { ConnectionFields } from '#lib/data/connection.js';
import { engineAdapter } from './engineAdapter.js';
import { readSchema } from './files.js';

interface EngineGlue {
	SchemaEngine: typeof Engine.SchemaEngine;
	__wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** A panic of the engine traps in the middle of nowhere: its words are all that tells what happened. */
const panicRegistry = { set_message: (message: string) => void process.stderr.write(`The schema engine failed: ${message}\n`) };

let glue: Promise<EngineGlue> | undefined;

/** The package's own entry imports the `.wasm` as a module, which not every Node and no bundler takes: it is loaded by hand. */
async function loadEngine(): Promise<EngineGlue> {
	Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry });
	const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
	const script = pathToFileURL(join(folder, 'schema_engine_bg.js')).href;
	const module: EngineGlue & Record<string, unknown> = await import(script);
	const imports = { './schema_engine_bg.js': withoutLingeringTimers(module) };
	const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), imports);
	module.__wbg_set_wasm(instance.exports);
	const start = instance.exports['__wbindgen_start'];
	if (typeof start === 'function') start();
	return module;
}

/** The engine never clears the ten seconds that it gives its lock, and a process must not stay for them. */
function withoutLingeringTimers(module: object): object {
	const entries = Object.entries(module).map(([name, value]) => {
		if (!name.startsWith('__wbg_setTimeout_')) return [name, value];
		return [name, (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds >>> 0).unref()];
	});
	return Object.fromEntries(entries);
}

/** Runs `work` with a schema engine on that database, and lets go of everything afterwards. */
export async function withSchemaEngine<T>(fields: ConnectionFields, work: (engine: Engine.SchemaEngine) => Promise<T>): Promise<T> {
	glue ??= loadEngine();
	const { SchemaEngine } = await glue;
	const schema = await readSchema();
	const adapter = engineAdapter(fields);
	const datamodels = schema.files.map(({ path, content }): [string, string] => [path, content]);
	try {
		const engine = await SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
		try {
			return await work(engine);
		} finally {
			engine.free();
		}
	} finally {
		await adapter.close();
	}
}
