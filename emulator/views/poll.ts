import type { Message } from '../state/message.js';
import type { JsonObject, Snowflake } from '../state/types.js';
import type { World } from '../state/world.js';

/** A message's poll with its counts as this user sees them. */
export function pollView(world: World, message: Message, viewerId: Snowflake | null): JsonObject {
	const poll = message.poll ?? {};
	const votes = world.pollVotes.get(message.id) ?? new Map<number, Set<Snowflake>>();
	const counts = [...votes].map(([id, voters]) => ({ id, count: voters.size, me_voted: viewerId !== null && voters.has(viewerId) }));
	const results = poll['results'];
	const finalised = typeof results === 'object' && results !== null && !Array.isArray(results) && results['is_finalized'] === true;
	return { ...poll, results: { answer_counts: counts, is_finalized: finalised } };
}
