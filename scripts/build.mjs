// Makes dist: the bot as it runs. What lies in dist/commands is loaded, a command deleted last week included, so dist is
// made from nothing each time.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const { status, error } = spawnSync(process.execPath, [compiler, '--project', join(root, 'tsconfig.build.json')], {
	cwd: root,
	stdio: 'inherit'
});
if (error) throw error;
if (status !== 0) process.exit(status ?? 1);

const languages = join(root, 'src', 'languages');
if (existsSync(languages)) cpSync(languages, join(dist, 'languages'), { recursive: true });
