import type { Client } from '../client/client.js';

export const OptionKind = {
	Sub: 1,
	Group: 2,
	Text: 3,
	Integer: 4,
	Boolean: 5,
	User: 6,
	Channel: 7,
	Role: 8,
	Mentionable: 9,
	Number: 10,
	File: 11
} as const;

export interface OptionDefinition {
	type: number;
	name: string;
	description: string;
	required?: boolean;
	choices?: { name: string; value: string | number }[];
	autocomplete?: boolean;
	min_value?: number;
	max_value?: number;
	min_length?: number;
	max_length?: number;
	channel_types?: number[];
	options?: OptionDefinition[];
}

export interface Command {
	id: string;
	version: string;
	/** 1 slash, 2 on a person, 3 on a message. */
	type: number;
	name: string;
	description: string;
	options?: OptionDefinition[];
}

/** Something that can be run: a command without subcommands, or one of them. */
export interface Leaf {
	command: Command;
	/** Names below the command. */
	path: string[];
	words: string;
	description: string;
	options: OptionDefinition[];
}

/** What this person may use in a channel. */
export async function loadCommands(client: Client, channelId: string): Promise<Command[]> {
	const index = await client.rest.get<{ application_commands: Command[] }>(`/channels/${channelId}/application-command-index`);
	return index.application_commands;
}

export function leavesOf(commands: readonly Command[]): Leaf[] {
	const leaves = commands
		.filter(({ type }) => type === 1)
		.flatMap((command) => below(command, [], command.description, command.options ?? []));
	return leaves.sort((a, b) => a.words.localeCompare(b.words));
}

function below(command: Command, path: string[], description: string, options: OptionDefinition[]): Leaf[] {
	const branches = options.filter(({ type }) => type === OptionKind.Sub || type === OptionKind.Group);
	if (branches.length === 0) return [{ command, path, words: [command.name, ...path].join(' '), description, options }];
	return branches.flatMap((branch) => below(command, [...path, branch.name], branch.description, branch.options ?? []));
}

/** Leaves that fit what was typed after the slash: those that begin with it first. */
export function search(leaves: readonly Leaf[], typed: string): Leaf[] {
	const words = typed.toLowerCase().trim();
	const begin = leaves.filter((leaf) => leaf.words.startsWith(words));
	return [...begin, ...leaves.filter((leaf) => !begin.includes(leaf) && leaf.words.includes(words))];
}

export interface GivenOption {
	name: string;
	type: number;
	value: string | number | boolean;
	focused?: true;
}

/** What a client sends for a command. */
export function commandData({ command, path, options }: Leaf, given: GivenOption[], files: readonly File[] = []): object {
	let level: object[] = given;
	let defined: OptionDefinition[] = command.options ?? [];
	const kinds = path.map((name) => {
		const branch = defined.find((option) => option.name === name);
		defined = branch?.options ?? options;
		return { name, type: branch?.type ?? OptionKind.Sub };
	});
	for (const { name, type } of kinds.reverse()) level = [{ type, name, options: level }];
	const attachments = files.map((file, id) => ({ id: String(id), filename: file.name }));
	return { id: command.id, version: command.version, name: command.name, type: command.type, options: level, attachments };
}

/** Runs a command of a context menu. */
export async function runContext(client: Client, command: Command, targetId: string): Promise<void> {
	if (client.channelId === null) return;
	await client.interactions.start({
		type: 2,
		channelId: client.channelId,
		words: command.name,
		data: {
			id: command.id,
			version: command.version,
			name: command.name,
			type: command.type,
			target_id: targetId,
			options: [],
			attachments: []
		}
	});
}
