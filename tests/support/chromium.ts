import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

/** Where Debian and others put it; `CHROMIUM` names another. */
const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = places.find((path) => path !== undefined && existsSync(path));

/** Everything a browser would ask the outside world for is off: what is left belongs to the page. */
const quiet = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** `describe` for stories in a browser; without one they are listed as not run. */
export const describeWithBrowser: (name: string, stories: () => void) => void =
	executable === undefined ? (name, stories) => describe.skip(`${name} (no Chromium is installed)`, stories) : describe;

/** Headless, with a profile of its own. */
export function openBrowser(): Promise<Browser> {
	if (executable === undefined) throw new Error('No Chromium is installed');
	return chromium.launch({ executablePath: executable, args: quiet });
}

/** A page that collects what went wrong on it: exceptions, errors of the console, and requests to anywhere but its own origin. */
export async function openPage(
	browser: Browser,
	address: string,
	options: BrowserContextOptions = {}
): Promise<{ page: Page; faults: string[] }> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', locale: 'en-GB', ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(10_000);
	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(String(error.stack)));
	page.on('console', (message) => {
		// A refusal of Discord is shown to the person; Chromium writes it down as well.
		if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
	});
	page.on('request', (request) => {
		const { host, protocol } = new URL(request.url());
		if (protocol.startsWith('http') && host !== new URL(address).host) faults.push(`asked ${request.url()}`);
	});
	await page.goto(address);
	return { page, faults };
}

const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url));

/** Keeps a picture of the page as an artefact of the run; answers where. */
export async function picture(page: Page, name: string): Promise<string> {
	await mkdir(artefacts, { recursive: true });
	const path = `${artefacts}${name}.png`;
	await page.screenshot({ path, animations: 'disabled' });
	return path;
}
