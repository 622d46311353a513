import { isObject } from '../rest/body.js';
import { type DiscordError, type ErrorCode, invalidBody, refuse } from '../rest/errors.js';
import type { Json, JsonObject } from '../state/types.js';

interface Fault {
	code: string;
	message: string;
}

/** Collects what is wrong with one body. A specific code (such as 50006) beats the general 50035. */
export class Report {
	readonly #faults: Record<string, Fault[]> = {};
	#refusal: DiscordError | null = null;

	/** `path` in Discord's form, e.g. `embeds.0.title`; empty for the whole body. */
	public fault(path: string, code: string, message: string): void {
		this.#faults[path] = [...(this.#faults[path] ?? []), { code, message }];
	}

	public refuse(code: ErrorCode): void {
		this.#refusal ??= refuse(code);
	}

	public toError(): DiscordError | null {
		if (Object.keys(this.#faults).length > 0) return invalidBody(this.#faults);
		return this.#refusal;
	}
}

/** What rules ask about a message that is being edited. */
export interface EditedMessage {
	flags: number;
	content: string;
	embeds: JsonObject[];
}

/** What a rule may know beside the body. */
export interface RuleContext {
	/** Files that came along in the form. */
	fileCount: number;
	/** Type of the channel that is changed, when the body does not say it. */
	channelType: number | null;
	/** The message that is edited, as it is before. */
	edited: EditedMessage | null;
	/** Whether there is a custom emoji of this id. */
	knowsEmoji: (id: string) => boolean;
	/** The emulator's time, in milliseconds. */
	now: number;
}

/** Something Discord refuses although its description allows it. */
export interface Rule {
	name: string;
	/** Where Discord's documentation says so, below https://discord.com/developers/docs/. */
	page: string;
	/** Operation ids of the description. */
	operations: readonly string[];
	check(body: JsonObject, report: Report, context: RuleContext): void;
}

export function objectsOf(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** Characters as Discord counts them: code points, not UTF-16 units. */
export function lengthOf(value: Json | undefined): number {
	return typeof value === 'string' ? [...value].length : 0;
}

/** Values that stand more than once. */
export function repeated(values: readonly string[]): Set<string> {
	return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}
