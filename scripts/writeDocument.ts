import { readFile, writeFile } from 'node:fs/promises';

/** Writes a generated document. With `--check` on the command line it only compares, and the process ends with 1 when it is out of date. */
export async function writeDocument(path: string, text: string): Promise<void> {
	const url = new URL(`../${path}`, import.meta.url);
	if (!process.argv.includes('--check')) {
		await writeFile(url, text);
		return;
	}
	const kept = await readFile(url, 'utf8').catch(() => '');
	if (kept === text) return;
	process.stderr.write(`${path} is out of date: run its npm script again.\n`);
	process.exitCode = 1;
}
