import { createHmac, randomBytes } from 'node:crypto';

const secret = randomBytes(32);
const lifeSeconds = 24 * 60 * 60;

/**
 * The address of an attachment as Discord hands it out: `ex` when it ends, `is` when it was made (hexadecimal seconds),
 * `hm` the signature. https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
 */
export function signed(url: string, now: number): string {
	const [bare = ''] = url.split('?');
	const issued = Math.floor(now / 1000);
	const ends = (issued + lifeSeconds).toString(16);
	return `${bare}?ex=${ends}&is=${issued.toString(16)}&hm=${signature(pathOf(bare), ends)}&`;
}

/** True for an address that was handed out and is not over. `path` is the file's, below the CDN's root. */
export function isLive(path: string, query: URLSearchParams, now: number): boolean {
	const ends = query.get('ex') ?? '';
	return query.get('hm') === signature(path, ends) && Number.parseInt(ends, 16) * 1000 > now;
}

/** The file behind an attachment's address, below the CDN's root; null when the address is no attachment's. */
export function attachmentOf(url: string): string | null {
	const [bare = ''] = url.split('?');
	if (!URL.canParse(bare) || !bare.includes('/attachments/')) return null;
	try {
		return pathOf(bare);
	} catch {
		return null;
	}
}

function pathOf(url: string): string {
	return decodeURIComponent(url.slice(url.indexOf('/attachments/') + 1));
}

function signature(path: string, ends: string): string {
	return createHmac('sha256', secret).update(`${path} ${ends}`).digest('hex');
}
