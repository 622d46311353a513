import { type ChatInputCommandInteraction, Collection, type CommandInteractionOption } from 'discord.js';
import { storable } from '#lib/core/text.js';
import { type Refusal, refusal } from '#lib/errors/refusal.js';
import type { Leaf } from './leaf.js';
import { BadArgument, type Option, type ReadContext } from './options/option.js';
import { slashName } from './slash/slashName.js';
import { tokenize } from './tokens.js';
import { slashUsage, usage } from './usage.js';

type Values = Record<string, unknown>;

/** Reads a prefix command's arguments. Throws a refusal that shows the usage. */
export async function readTyped(leaf: Leaf, typedLine: string, prefix: string, context: ReadContext): Promise<Values> {
	const line = storable(typedLine);
	const tokens = tokenize(line);
	const files = [...(context.message?.attachments ?? new Collection()).values()];
	const values: Values = {};
	const options = [...leaf.options];
	let next = 0;
	// Why the word was no value of an earlier option.
	let passedOver: { readonly at: number; readonly refusal: Refusal } | null = null;

	for (const [index, [name, option]] of options.entries()) {
		const { kind } = option;
		const shown = { name, usage: usage(leaf, prefix) };
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
		const takesAll = kind.takes !== 'word';
		// A lone quoted text is meant without its quotes.
		const typed = takesAll && next < tokens.length - 1 ? line.slice(token.start).trimEnd() : token.value;
		const read = await attempt(() => kind.parse(typed, context));
		if (read.ok) {
			values[name] = read.value;
			next = takesAll ? tokens.length : next + 1;
			continue;
		}
		// `[member] [reason]`: a word that is no member may be the first word of the reason.
		const laterMayTakeIt = !option.required && options.slice(index + 1).some(([, later]) => later.kind.takes !== 'attachment');
		const why: Refusal = passedOver?.at === next ? passedOver.refusal : refused(read.error, shown);
		if (!laterMayTakeIt) throw why;
		passedOver = { at: next, refusal: why };
		values[name] = option.fallback;
	}

	if (next < tokens.length) {
		const extra = line.slice(tokens[next]?.start);
		throw refusal('commands', 'too-many-arguments', { extra, usage: usage(leaf, prefix) });
	}
	return values;
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
		if (!read.ok) throw refused(read.error, shown);
		values[name] = read.value;
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
