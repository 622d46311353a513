import { defineConfig } from 'prisma/config';

// These commands run on WASM, yet the CLI first wants to download the native schema engine: any executable satisfies it.
// `migrate` and `db` really run that engine, so they must never see this variable.
const withoutEngine = ['generate', 'validate', 'format', 'version', '--version', '-v'];
if (withoutEngine.includes(process.argv[2] ?? '')) process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({
	schema: 'prisma/schema',
	migrations: { path: 'prisma/migrations', seed: 'npm run seed' },
	datasource: {
		url: process.env['DATABASE_URL'] ?? '',
		...(process.env['SHADOW_DATABASE_URL'] ? { shadowDatabaseUrl: process.env['SHADOW_DATABASE_URL'] } : {})
	}
});
