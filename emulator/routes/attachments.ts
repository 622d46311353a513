import { invalidBody } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import { attachmentOf, signed } from '../state/cdnLinks.js';
import type { JsonObject } from '../state/types.js';

/** Addresses in one request. */
const MOST = 50;

/**
 * New addresses for attachments whose old ones are over, or will be. Who may ask is not limited to those who see the message: whoever had the address once could read the
 * file. An address that is no attachment's is refused.
 */
export function attachments(routes: RouteTable): void {
	routes.post('/attachments/refresh-urls', refresh);
}

function refresh(call: Call): JsonObject {
	const urls = call.body.list('attachment_urls');
	if (urls === undefined) call.body.fault('attachment_urls', 'BASE_TYPE_REQUIRED', 'This field is required');
	call.body.done();
	if (urls === undefined || urls.length < 1 || urls.length > MOST) {
		throw invalidBody({ attachment_urls: [{ code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between 1 and ${MOST} in length.` }] });
	}
	const now = call.world.clock.now();
	const refreshed = urls.map((url, index) => {
		const original = String(url);
		const path = attachmentOf(original);
		if (path === null || !call.world.files.has(path)) {
			throw invalidBody({ [`attachment_urls.${index}`]: [{ code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }] });
		}
		return { original, refreshed: signed(original, now) };
	});
	return { refreshed_urls: refreshed };
}
