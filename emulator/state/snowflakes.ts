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

/** True for what Discord accepts as an id. */
export function isSnowflake(value: unknown): value is string {
	return typeof value === 'string' && /^\d{15,20}$/.test(value);
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
