import { findDocument } from './document.js';
import { loadNamedSchemas } from './namedSchemas.js';
import { OfficialSpec } from './officialSpec.js';
import type { Spec } from './types.js';

export { violationsToError } from './asError.js';
export type { Operation, OperationMatch, Query, Spec, Violation, ViolationKind } from './types.js';

let cached: { path: string; spec: Spec } | null = null;

/**
 * Discord's description of its own API: the official JSON from `path`, `DISCORD_API_SPEC` or the folder beside the
 * checkout; without it the weaker named schemas of npm `discord-api-spec`; null when that package is missing too.
 * `source` and `description` say which one judges. The parsed description is kept for the process.
 */
export function loadSpec(path?: string): Spec | null {
	const found = findDocument(path);
	if (found === null) return loadNamedSchemas();
	if (cached?.path !== found) cached = { path: found, spec: new OfficialSpec(found) };
	return cached.spec;
}
