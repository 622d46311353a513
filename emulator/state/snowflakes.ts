import type { Clock } from './clock.js';

/** Discord's first millisecond. https://discord.com/developers/docs/reference#snowflakes */
export const DISCORD_EPOCH = 1_420_070_400_000;
const PER_MILLISECOND = 2 ** 22;

/** Makes ids that only ever grow, even when the clock is turned back. */
export class Snowflakes {
	#lastMs = 0;
	#step = 0;

	constructor(private readonly clock: Clock) {}

	next(): string {
		const ms = Math.max(this.clock.now() - DISCORD_EPOCH, this.#lastMs);
		if (ms !== this.#lastMs) {
			this.#lastMs = ms;
			this.#step = 0;
		} else if (++this.#step === PER_MILLISECOND) {
			this.#lastMs++;
			this.#step = 0;
		}
		return ((BigInt(this.#lastMs) << 22n) | BigInt(this.#step)).toString();
	}
}

/** When an id was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
	return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

const LARGEST = 2n ** 63n - 1n;

/** Why Discord does not take this for an id; null when it does. https://discord.com/developers/docs/reference#snowflakes */
export function idFault(text: string): { code: string; message: string } | null {
	if (/^-\d+$/.test(text)) return { code: 'NUMBER_TYPE_MIN', message: 'snowflake value should be greater than or equal to 0.' };
	if (!/^(0|[1-9]\d*)$/.test(text)) return { code: 'NUMBER_TYPE_COERCE', message: `Value "${text}" is not snowflake.` };
	if (text.length < 19 || BigInt(text) <= LARGEST) return null;
	return { code: 'NUMBER_TYPE_MAX', message: `snowflake value should be less than or equal to ${LARGEST}.` };
}

/** The shard that serves a guild. https://discord.com/developers/docs/events/gateway#sharding */
export function shardOf(guildId: string, shardCount: number): number {
	return shardCount === 1 ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}

/** Compares two ids by age. */
export function compareSnowflakes(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : a > b ? 1 : 0;
}
