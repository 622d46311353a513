import { control } from '../connection/control.js';

export interface Fault {
	group: string;
	label: string;
	run: () => Promise<unknown>;
}

const rest = (body: object) => () => control.post('/faults/rest', body);
const gateway = (body: object) => () => control.post('/faults/gateway', body);

/** Things that go wrong with a Discord, one press each. They meet the bot, never the people. */
export const faults: readonly Fault[] = [
	{ group: 'Next request of the bot', label: '500 Internal Server Error', run: rest({ kind: 'status', status: 500 }) },
	{ group: 'Next request of the bot', label: '503 Service Unavailable', run: rest({ kind: 'status', status: 503 }) },
	{ group: 'Next request of the bot', label: '429, for 2 seconds', run: rest({ kind: 'rate-limit', scope: 'user', retry_after: 2 }) },
	{
		group: 'Next request of the bot',
		label: '429 for everything, 2 seconds',
		run: rest({ kind: 'rate-limit', scope: 'global', retry_after: 2 })
	},
	{ group: 'Next request of the bot', label: '403 as a web page', run: rest({ kind: 'html-403' }) },
	{ group: 'Next request of the bot', label: '1015 of Cloudflare', run: rest({ kind: 'cloudflare-1015', retry_after: 10 }) },
	{ group: 'Next request of the bot', label: 'Answered 5 seconds late', run: rest({ kind: 'slow', ms: 5_000 }) },
	{ group: 'Next request of the bot', label: 'Half an answer', run: rest({ kind: 'truncated' }) },
	{ group: 'Next request of the bot', label: 'Cut before it is done', run: rest({ kind: 'cut' }) },
	{ group: 'Next request of the bot', label: 'Done, but the answer is lost', run: rest({ kind: 'lost-answer' }) },
	{ group: 'The bot’s connection', label: 'Cut the socket', run: gateway({ action: 'drop' }) },
	{ group: 'The bot’s connection', label: 'Ask it to reconnect (op 7)', run: gateway({ action: 'reconnect' }) },
	{ group: 'The bot’s connection', label: 'Session invalid (op 9)', run: gateway({ action: 'invalidate', resumable: false }) },
	{ group: 'The bot’s connection', label: 'Refuse to resume', run: gateway({ action: 'refuse-resume' }) },
	{ group: 'The bot’s connection', label: 'Heartbeats unanswered', run: gateway({ action: 'silence-heartbeats' }) },
	{ group: 'The bot’s connection', label: 'Lose the next event', run: gateway({ action: 'spoil', fate: 'lose-for-good', times: 1 }) },
	{ group: 'The bot’s connection', label: 'Send the next event twice', run: gateway({ action: 'spoil', fate: 'double', times: 1 }) },
	{ group: 'Discord’s clock', label: 'Runs an hour ahead', run: rest({ date_skew: 3_600_000 }) }
];

export const clearFaults = () => control.delete('/faults');
