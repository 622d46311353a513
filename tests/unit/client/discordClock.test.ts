import { EventEmitter } from 'node:events';
import { REST, RESTEvents } from 'discord.js';
import { expect, test } from 'vitest';
import { watchDiscordClock } from '#lib/client/discordClock.js';

const now = Date.UTC(2026, 0, 1, 12);

/** What is said after answers with these headers. */
function warningsAfter(...dates: (string | null)[]): string[] {
	const rest = new REST();
	const warnings: string[] = [];
	const stop = watchDiscordClock(rest, { clock: { now: () => now }, logger: { warn: (_, message) => warnings.push(message) } });
	for (const date of dates) {
		const response = new Response(null, { headers: date === null ? {} : { date } });
		EventEmitter.prototype.emit.call(rest, RESTEvents.Response, {}, response);
	}
	stop();
	return warnings;
}

const at = (ms: number) => new Date(now + ms).toUTCString();

test.each([
	[0, []],
	[60_000, []],
	[-60_000, []],
	[61_000, ["Our time is 61 s behind Discord's: please set the clock of the database's machine and of this one."]],
	[-600_000, ["Our time is 600 s ahead of Discord's: please set the clock of the database's machine and of this one."]]
])('a difference of %i ms warns: %j', (difference, expected) => {
	expect(warningsAfter(at(difference))).toEqual(expected);
});

test.each([null, '', 'soon'])('an answer with the date %j tells nothing', (date) => {
	expect(warningsAfter(date)).toEqual([]);
});

test('it is not said again with every answer', () => {
	expect(warningsAfter(at(600_000), at(600_000))).toHaveLength(1);
});
