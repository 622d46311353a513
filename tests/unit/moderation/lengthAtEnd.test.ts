import { expect, test } from 'vitest';
import { lengthAtEnd } from '../../../src/modules/moderation/domain/lengthAtEnd.js';

const range = { min: 60_000, max: 86_400_000 };

test.each([
	['too loud 2h', 'too loud', 7_200_000],
	['too loud  1h30m ', 'too loud', 5_400_000],
	['2h', null, 7_200_000],
	['two\nlines 10m', 'two\nlines', 600_000],
	['too loud', 'too loud', null],
	['see rule 4b', 'see rule 4b', null],
	['too loud 5s', 'too loud 5s', null],
	['too loud 3d', 'too loud 3d', null],
	['since 2024', 'since 2024', null],
	['', '', null]
])('%j is the reason %j for %s ms', (typed, reason, durationMs) => {
	expect(lengthAtEnd(typed, range)).toEqual({ reason, durationMs });
});
