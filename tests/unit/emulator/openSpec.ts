import { loadSpec, type Spec } from '../../../emulator/spec/index.js';

/** The description that judges, for tests that make no sense without one. */
export function openSpec(): Spec {
	const spec = loadSpec();
	if (spec === null) throw new Error('npm package discord-api-spec is missing');
	return spec;
}
