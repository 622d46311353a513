import type { Ajv2020 } from 'ajv/dist/2020.js';
import { idFault } from '../state/snowflakes.js';

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Teaches Ajv the formats of the description; without them it would refuse to compile or check nothing. */
export function addFormats(ajv: Ajv2020): void {
	ajv.addFormat('snowflake', (value: string) => idFault(value) === null);
	ajv.addFormat('nonce', (value: string) => value.length <= 25);
	ajv.addFormat('date-time', (value: string) => timestamp.test(value) && !Number.isNaN(Date.parse(value)));
	ajv.addFormat('uri', (value: string) => URL.canParse(value));
	ajv.addFormat('int32', { type: 'number', validate: (value: number) => (value | 0) === value });
	ajv.addFormat('int64', { type: 'number', validate: (value: number) => Number.isInteger(value) });
	ajv.addFormat('double', { type: 'number', validate: (value: number) => Number.isFinite(value) });
}
