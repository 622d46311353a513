import type { JsonObject } from '../state/types.js';
import type { SeenMessage } from './messages.js';

/** A modal on somebody's screen. */
export interface ShownModal {
	/** The interaction that showed it. */
	interactionId: string;
	applicationId: string;
	channelId: string;
	customId: string;
	title: string;
	components: JsonObject[];
}

export interface Choice {
	name: string;
	value: string | number;
}

/** What a person saw happen after he used a command, a component or a modal. */
export interface Outcome {
	interactionId: string;
	/** The bot answered within three seconds. */
	acked: boolean;
	/** "The application did not respond." */
	failed: boolean;
	/** The answer: a new message, or the changed one of a component. Null for a modal. */
	message: SeenMessage | null;
	content: string;
	/** Content, embeds and text components in one. */
	text: string;
	ephemeral: boolean;
	modal: ShownModal | null;
	/** Autocomplete only. */
	choices: Choice[] | null;
}

export function outcomeOf(interactionId: string, parts: Partial<Outcome>): Outcome {
	const message = parts.message ?? null;
	return {
		interactionId,
		acked: false,
		failed: false,
		message,
		content: message?.content ?? '',
		text: message?.text ?? '',
		ephemeral: message?.ephemeral ?? false,
		modal: null,
		choices: null,
		...parts
	};
}
