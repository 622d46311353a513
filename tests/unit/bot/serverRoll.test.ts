import { expect, test } from 'vitest';
import { ServerRoll } from '#lib/client/serverRoll.js';

const ids = (...all: string[]) => new Set(all);
const nothing = ids();

/** A roll of one shard whose first session has begun and ended its telling. */
function begun(...named: string[]): ServerRoll {
	const roll = new ServerRoll();
	roll.onSession(0, ids(...named), nothing);
	roll.onShardReady(0);
	roll.onAllReady(named);
	return roll;
}

test('at the start no server was joined or left', () => {
	const roll = new ServerRoll();
	expect(roll.onSession(0, ids('1', '2'), nothing)).toEqual([]);
	expect(roll.onAvailable(0, '1')).toEqual({ joined: false, late: false });
	roll.onShardReady(0);
	expect(roll.onAllReady(['1', '2'])).toEqual([]);
});

test('what a new session leaves out was left, and what is new in it was joined, once', () => {
	const roll = begun('1', '2');
	expect(roll.onSession(0, ids('2', '3'), ids('1', '2'))).toEqual(['1']);
	expect(roll.onAvailable(0, '2').joined).toBe(false);
	expect(roll.onAvailable(0, '3').joined).toBe(true);
	expect(roll.onAvailable(0, '3').joined).toBe(false);
});

test('a server that was joined and left before it was told was not joined', () => {
	const roll = begun('1');
	roll.onSession(0, ids('1', '3'), ids('1'));
	roll.onLeft('3');
	expect(roll.onAvailable(0, '3').joined).toBe(false);
});

test('one that cannot be reached until its shard is complete comes late; one of a shard that is being told does not', () => {
	const roll = begun('1', '2');
	expect(roll.onAvailable(0, '1').late).toBe(true);
	roll.onSession(0, ids('1', '2'), ids('1', '2'));
	expect(roll.onAvailable(0, '1').late).toBe(false);
	roll.onShardReady(0);
	expect(roll.onAvailable(0, '2').late).toBe(true);
});

test('a second session before the first has told all makes no joined servers, and loses none that were left', () => {
	const roll = new ServerRoll();
	roll.onSession(0, ids('1', '2'), nothing);
	expect(roll.onSession(0, ids('2', '3'), ids('1', '2'))).toEqual(['1']);
	expect(roll.onAvailable(0, '3').joined).toBe(false);
});

test('servers that were joined while other shards began are told when all are there, once', () => {
	const roll = new ServerRoll();
	roll.onSession(0, ids('1'), nothing);
	roll.onShardReady(0);
	roll.onSession(1, ids('2'), nothing);
	roll.onShardReady(1);
	expect(roll.onAllReady(['1', '2', '3'])).toEqual(['3']);
	expect(roll.onAllReady(['1', '2', '3', '4'])).toEqual([]);
});
