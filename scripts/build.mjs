// Makes dist: the bot as it runs. What lies in dist/commands is loaded, a command deleted last week included, so dist is
// made from nothing each time, beside the old one, and takes its place when it is whole.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const made = join(root, `.dist-${process.pid}`);
const old = `${made}-old`;

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
// `npm run typecheck` looks at the types; here that would be two thirds of the time.
const words = ['--noCheck', '--project', join(root, 'tsconfig.build.json'), '--outDir', made];
const { status, error } = spawnSync(process.execPath, [compiler, ...words], { cwd: root, stdio: 'inherit' });
if (error || status !== 0) {
	rmSync(made, { recursive: true, force: true });
	if (error) throw error;
	process.exit(status ?? 1);
}

const languages = join(root, 'src', 'languages');
if (existsSync(languages)) cpSync(languages, join(made, 'languages'), { recursive: true });

if (existsSync(dist)) renameSync(dist, old);
renameSync(made, dist);
rmSync(old, { recursive: true, force: true });
