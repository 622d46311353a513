/**
 * Writes the optional packages of other platforms into package-lock.json.
 *
 * A registry may lack some of them; `npm install` then leaves them out of the lock without a word, and `npm ci` fails on the next
 * machine ("Missing: … from lock file"). Run after every `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

/** The folders in which Node looks for a package, nearest first. */
function* lookups(from, name) {
	for (let folder = from; ; ) {
		yield `${folder}${folder ? '/' : ''}node_modules/${name}`;
		if (!folder) return;
		folder = folder.slice(0, Math.max(folder.lastIndexOf('node_modules/') - 1, 0));
	}
}

/** Platform fields read off names such as `@biomejs/cli-linux-x64-musl`. */
function platformOf(name) {
	const words = name.split(/[/-]/);
	const os = SYSTEMS.filter((system) => words.includes(system));
	const cpu = PROCESSORS.filter((processor) => words.includes(processor));
	return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }) };
}

let added = 0;
for (const [folder, entry] of Object.entries(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		if ([...lookups(folder, name)].some((place) => place in lock.packages)) continue;
		lock.packages[`node_modules/${name}`] = { version, ...(entry.dev && { dev: true }), optional: true, ...platformOf(name) };
		added += 1;
	}
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, '\t')}\n`);
console.log(added === 0 ? 'The lock file was complete.' : `Added ${added} packages of other platforms to the lock file.`);
