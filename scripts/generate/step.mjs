import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/generated');

/**
 * A derived part of src/generated.
 *
 * @typedef {object} Step
 * @property {string} name also the name of its stamp
 * @property {string[]} inputs files or folders, from the repository's root; a folder counts with everything in it
 * @property {string} output file or folder that must exist for the step to be skipped
 * @property {() => Promise<void> | void} run makes the output
 */

/** Runs a step unless its output exists and was made from the same inputs. @param {Step} step */
export async function runStep(step) {
	const stamp = join(folder, `.${step.name}.stamp`);
	const hash = await hashOf(step.inputs);
	if (existsSync(join(root, step.output)) && (await readIfThere(stamp)) === hash) return;
	await rm(stamp, { force: true });
	await step.run();
	await writeFile(stamp, hash);
}

/** Two npm scripts started together must not write the same folder. @param {() => Promise<void>} work */
export async function withLock(work) {
	await mkdir(folder, { recursive: true });
	const path = join(folder, '.lock');
	const lock = await takeLock(path);
	try {
		await work();
	} finally {
		await lock.close();
		await rm(path, { force: true });
	}
}

async function takeLock(path) {
	for (;;) {
		try {
			const lock = await open(path, 'wx');
			await lock.writeFile(String(process.pid));
			return lock;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (await isAbandoned(path)) await rm(path, { force: true });
		else await wait(100);
	}
}

/** The owner was killed: its process is gone. A lock without a number yet is given a moment to get one. */
async function isAbandoned(path) {
	const pid = Number(await readIfThere(path));
	if (!pid) {
		const made = await stat(path).catch(() => undefined);
		return made !== undefined && Date.now() - made.mtimeMs > 5_000;
	}
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return error.code === 'ESRCH';
	}
}

async function hashOf(inputs) {
	const hash = createHash('sha256');
	for (const file of (await Promise.all(inputs.map(filesOf))).flat().sort()) {
		hash.update(file.slice(root.length)).update('\0');
		hash.update(await readFile(file)).update('\0');
	}
	return hash.digest('hex');
}

async function filesOf(input) {
	const path = join(root, input);
	if (!(await stat(path)).isDirectory()) return [path];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function readIfThere(path) {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}
