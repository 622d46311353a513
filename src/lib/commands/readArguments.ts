import { type ChatInputCommandInteraction, Collection, type CommandInteractionOption } from 'discord.js';
import { storable } from '#lib/core/text.js';
import { type Refusal, refusal } from '#lib/errors/refusal.js';
import type { Leaf } from './leaf.js';
import { BadArgument, EmptyArgument, type Option, type OptionKind, type ReadContext } from './options/option.js';
import { slashName } from './slash/slashName.js';
import { type Token, tokenize } from './tokens.js';
import { isFlag, slashUsage, usage } from './usage.js';

type Values = Record<string, unknown>;

/** Reads a prefix command's arguments. Throws a refusal that shows the usage. */
export async function readTyped(leaf: Leaf, typedLine: string, prefix: string, context: ReadContext): Promise<Values> {
	const line = storable(typedLine);
	const { tokens, flags } = readFlags(leaf, tokenize(line));
	const files = [...(context.message?.attachments ?? new Collection()).values()];
	const values: Values = {};
	const options = [...leaf.options];
	let next = 0;
	// Why the word was no value of an earlier option.
	let passedOver: { readonly at: number; readonly refusal: Refusal } | null = null;

	for (const [index, [name, option]] of options.entries()) {
		const { kind } = option;
		const shown = { name, usage: usage(leaf, prefix) };
		if (flags.has(name)) {
			values[name] = true;
			continue;
		}
		if (kind.takes === 'attachment') {
			const file = files.shift();
			values[name] = file === undefined || kind.attached === undefined ? missing(option, shown) : kind.attached(file);
			continue;
		}
		const token = tokens[next];
		if (token === undefined) {
			values[name] = missing(option, shown);
			continue;
		}
		const left = tokens.length - next;
		// `[colour] <name>`: the only word is the name.
		if (!option.required && left <= options.slice(index + 1).filter(([, later]) => isTyped(later) && later.required).length) {
			values[name] = option.fallback;
			continue;
		}
		const taken = kind.takes === 'word' ? wordsOf(kind, { line, tokens: tokens.slice(next) }, context) : left;
		// A lone quoted text is meant without its quotes.
		const typed = taken === 1 ? token.value : line.slice(token.start, tokens[next + taken]?.start).trimEnd();
		const read = await attempt(() => kind.parse(typed, { ...context, endsLine: taken === left }));
		if (read.ok) {
			values[name] = read.value;
			next += taken;
			continue;
		}
		if (read.error instanceof EmptyArgument) {
			values[name] = missing(option, shown);
			next += taken;
			continue;
		}
		// `[member] [reason]`: a word that is no member may be the first word of the reason.
		const laterMayTakeIt = !option.required && !read.error.isMeant && options.slice(index + 1).some(([, later]) => isTyped(later));
		const why: Refusal = passedOver?.at === next && !read.error.isMeant ? passedOver.refusal : refused(read.error, shown);
		if (!laterMayTakeIt) throw why;
		passedOver = { at: next, refusal: why };
		values[name] = option.fallback;
	}

	if (next < tokens.length) {
		const extra = line.slice(tokens[next]?.start);
		throw refusal('commands', options.length === 0 ? 'no-arguments' : 'too-many-arguments', { extra, usage: usage(leaf, prefix) });
	}
	return values;
}

function isTyped({ kind }: Option<unknown>): boolean {
	return kind.takes !== 'attachment';
}

/** Discord: names of roles have a hundred characters. */
const mostWords = 20;

/** How many words one value takes: the most that are one, such as the name of a role without quotes. */
function wordsOf(
	kind: OptionKind<unknown>,
	{ line, tokens: [first, ...more] }: { readonly line: string; readonly tokens: readonly Token[] },
	context: ReadContext
): number {
	if (kind.isOneValue === undefined || first === undefined) return 1;
	for (let count = Math.min(more.length + 1, mostWords); count > 1; count -= 1) {
		if (kind.isOneValue(line.slice(first.start, more[count - 1]?.start).trimEnd(), context)) return count;
	}
	return 1;
}

/** Takes out words like `--pinned`, wherever they stand. */
function readFlags(leaf: Leaf, words: readonly Token[]): { readonly tokens: readonly Token[]; readonly flags: ReadonlySet<string> } {
	const flags = new Set<string>();
	const tokens = words.filter(({ value }) => {
		const found = [...leaf.options.keys()].find((name) => value.toLowerCase() === `--${slashName(name)}`);
		if (found === undefined || !isFlag(leaf, found)) return true;
		flags.add(found);
		return false;
	});
	return { tokens, flags };
}

/** Reads a slash command's options. */
export async function readSlash(leaf: Leaf, interaction: ChatInputCommandInteraction, context: ReadContext): Promise<Values> {
	const values: Values = {};
	for (const [name, option] of leaf.options) {
		const given = interaction.options.get(slashName(name));
		const shown = { name, usage: slashUsage(leaf) ?? leaf.path };
		if (given === null) {
			values[name] = missing(option, shown);
			continue;
		}
		const read = await attempt(() => readOption(option, given, context));
		if (read.ok) values[name] = read.value;
		else if (read.error instanceof EmptyArgument) values[name] = missing(option, shown);
		else throw refused(read.error, shown);
	}
	return values;
}

function readOption({ kind }: Option<unknown>, given: CommandInteractionOption, context: ReadContext): unknown {
	if (kind.resolved !== undefined) return kind.resolved(given, context);
	return kind.parse(storable(String(given.value ?? '')), context);
}

interface Shown {
	readonly name: string;
	readonly usage: string;
}

function missing(option: Option<unknown>, shown: Shown): unknown {
	if (option.required)
		throw refusal('commands', option.kind.takes === 'attachment' ? 'missing-attachment' : 'missing-argument', { ...shown });
	return option.fallback;
}

function refused(error: BadArgument, shown: Shown) {
	return refusal('commands', error.code, { ...shown, ...error.values });
}

async function attempt(read: () => unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: BadArgument }> {
	try {
		return { ok: true, value: await read() };
	} catch (error) {
		if (error instanceof BadArgument) return { ok: false, error };
		throw error;
	}
}
