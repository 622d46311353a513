import type { FaultKind } from '../rest/faults.js';
import type { JsonObject } from '../state/types.js';
import type { Api } from './api.js';

export interface RestFaultOptions {
	method?: string;
	/** A regular expression on the path, such as `messages$`. */
	path?: string;
	/** How often; -1 until cleared, once unless said otherwise. */
	times?: number;
	chance?: number;
	status?: number;
	code?: number;
	scope?: 'user' | 'global' | 'shared';
	/** Seconds. */
	retryAfter?: number;
	/** Milliseconds of the machine's time, for `slow`. */
	ms?: number;
}

export interface GatewayFaultOptions {
	userId?: string;
	shard?: number;
	code?: number;
	reason?: string;
	resumable?: boolean;
	fate?: 'lose' | 'lose-for-good' | 'double';
	types?: string[];
	times?: number;
}

export type GatewayFaultAction =
	| 'drop'
	| 'close'
	| 'reconnect'
	| 'invalidate'
	| 'silence-heartbeats'
	| 'forget'
	| 'refuse-resume'
	| 'spoil';

/** Fault switches of an emulator, here or in another process. */
export class FaultDriver {
	constructor(private readonly control: Api) {}

	/** The next request of the bot that fits goes wrong like this. */
	async rest(kind: FaultKind, options: RestFaultOptions = {}): Promise<void> {
		const { retryAfter, ...rest } = options;
		await this.control.post('/faults/rest', { kind, ...rest, ...(retryAfter === undefined ? {} : { retry_after: retryAfter }) });
	}

	/** Discord's Date header is wrong by this much. */
	async dateSkew(ms: number): Promise<void> {
		await this.control.post('/faults/rest', { date_skew: ms });
	}

	async gateway(action: GatewayFaultAction, options: GatewayFaultOptions = {}): Promise<void> {
		const { userId, ...rest } = options;
		const body: JsonObject = { action, ...rest, ...(userId === undefined ? {} : { user_id: userId }) };
		await this.control.post('/faults/gateway', body);
	}

	/** Everything works again. */
	async clear(): Promise<void> {
		await this.control.delete('/faults');
	}
}
