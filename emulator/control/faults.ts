import type { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import type { FaultKind, RestFault } from '../rest/faults.js';
import type { Json } from '../state/types.js';
import type { Control, ControlTable } from './server.js';

const KINDS: readonly FaultKind[] = ['status', 'rate-limit', 'html-403', 'cloudflare-1015', 'slow', 'truncated', 'cut', 'lost-answer'];

/** Fault switches over HTTP. */
export function faultControl(table: ControlTable): void {
	table.on('POST', '/faults/rest', addRestFault);
	table.on('POST', '/faults/gateway', gatewayFault);
	table.on('DELETE', '/faults', ({ rest, gatewayFaults }) => {
		rest.faults.clear();
		gatewayFaults.clear();
		return undefined;
	});
}

/** `{ kind, method, path, times, chance, status, code, scope, retry_after, ms }`, or `{ date_skew }`. */
function addRestFault({ rest }: Control, body: Body): undefined {
	const skew = body.integer('date_skew');
	if (skew !== undefined) rest.faults.dateSkew = skew;
	const named = body.string('kind');
	const kind = KINDS.find((known) => known === named);
	if (named !== undefined && kind === undefined) body.fault('kind', 'BASE_TYPE_CHOICES', `Value must be one of ${KINDS.join(', ')}.`);
	const fault: Partial<RestFault> = {};
	const [method, path, scope] = [body.string('method'), body.string('path'), body.string('scope')];
	if (method !== undefined) fault.method = method;
	if (path !== undefined) fault.path = path;
	if (scope === 'user' || scope === 'global' || scope === 'shared') fault.scope = scope;
	const numbers = { times: 'times', chance: 'chance', status: 'status', code: 'code', retryAfter: 'retry_after', ms: 'ms' } as const;
	for (const [key, name] of Object.entries(numbers)) {
		const value = body.raw(name);
		if (typeof value === 'number') Object.assign(fault, { [key]: value });
	}
	body.done();
	if (kind !== undefined) rest.faults.add({ ...fault, kind });
	return undefined;
}

/** `{ action, user_id, shard, code, reason, resumable, fate, types, times }`; answers how many sessions it met. */
function gatewayFault({ gatewayFaults: faults, rest }: Control, body: Body): Json {
	const aim = { userId: body.snowflake('user_id'), shard: body.integer('shard') };
	const action = body.requiredString('action');
	body.done();
	switch (action) {
		case 'drop':
			return { sessions: faults.drop(aim) };
		case 'close':
			return { sessions: faults.close(body.integer('code') ?? 4000, body.string('reason') ?? '', aim) };
		case 'reconnect':
			return { sessions: faults.reconnect(aim) };
		case 'invalidate':
			return { sessions: faults.invalidate(body.boolean('resumable') ?? false, aim) };
		case 'silence-heartbeats':
			return { sessions: faults.silenceHeartbeats(aim) };
		case 'forget':
			return { sessions: faults.forget(aim) };
		case 'refuse-resume':
			rest.discord.refuseResume = true;
			return { sessions: 0 };
		case 'spoil':
			return spoil(faults, body);
		default:
			throw refuse(50035, `There is no gateway fault "${action}"`);
	}
}

function spoil(faults: Control['gatewayFaults'], body: Body): Json {
	const fate = body.string('fate');
	if (fate !== 'lose' && fate !== 'lose-for-good' && fate !== 'double') throw refuse(50035, 'fate is lose, lose-for-good or double');
	faults.spoil(fate, (body.list('types') ?? []).map(String), body.integer('times') ?? -1);
	return { sessions: 0 };
}
