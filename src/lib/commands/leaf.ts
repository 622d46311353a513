import type { CommandContext } from './context/commandContext.js';
import type { AnyCommand, AnyLeaf, CommandInput, Cooldown, GroupInput, LeafPermissions, Sub, Where } from './definition.js';
import { asOption, type Option, type Options } from './options/option.js';

/** Where a leaf stands among the slash commands. */
export interface SlashPath {
	readonly root: string;
	readonly group: string | null;
	readonly name: string | null;
}

/** One thing that can be called, worked out of its definition. */
export interface Leaf {
	/** `<module>.<command>`, also the key of its sentences. */
	readonly id: string;
	readonly module: string;
	/** The id under which it is switched off and kept for roles: its own, or that of the command that a menu entry stands for. */
	readonly command: string;
	/** The name of the piece that runs it. */
	readonly piece: string;
	/** What is typed after the prefix, in one to three words. */
	readonly path: string;
	/** Every path that leads here, the own one first. */
	readonly paths: readonly string[];
	readonly aliases: readonly string[];
	/** The words that the piece's router takes; none for a command without subcommands. */
	readonly route: readonly string[];
	readonly options: ReadonlyMap<string, Option<unknown>>;
	readonly where: Where;
	readonly answer: 'public' | 'private';
	readonly permissions: Required<Omit<LeafPermissions, 'staff'>> & { readonly staff: 'staff' | 'owner' | null };
	readonly cooldown: Cooldown;
	/** Keeps something about the caller himself. */
	readonly stores: boolean;
	/** Null: no call of it takes away what is kept. */
	readonly takesAway: ((args: Readonly<Record<string, unknown>>) => boolean) | null;
	/** All places in the slash list; empty with a reason in `noSlash`. */
	readonly slash: readonly SlashPath[];
	readonly noSlash: string | null;
	readonly hidden: boolean;
	run(context: CommandContext, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** A group of leaves as it is typed by prefix. */
export interface LeafGroup {
	readonly id: string;
	readonly module: string;
	readonly piece: string;
	readonly path: string;
	readonly paths: readonly string[];
	readonly leaves: readonly Leaf[];
}

interface Placement {
	readonly id: string;
	readonly piece: string;
	readonly path: string;
	readonly morePaths: readonly string[];
	readonly route: readonly string[];
}

function toLeaf(input: Omit<AnyLeaf, 'name'>, { id, piece, path, morePaths, route }: Placement): Leaf {
	const aliases = [...(input.aliases ?? []), ...morePaths];
	const options = Object.entries(input.options ?? {}).map(([name, option]) => [name, asOption(option)] as const);
	const places = typeof input.slash === 'string' ? [input.slash, ...(input.alsoRoot ? [input.alsoRoot] : [])] : [];
	return {
		id,
		module: moduleOf(id),
		command: id,
		piece,
		path,
		paths: [path, ...aliases],
		aliases,
		route,
		options: new Map(options),
		where: input.where ?? 'guild',
		answer: input.answer ?? 'public',
		permissions: {
			member: input.permissions?.member ?? [],
			bot: input.permissions?.bot ?? [],
			elsewhere: input.permissions?.elsewhere ?? false,
			guildOwner: input.permissions?.guildOwner ?? false,
			staff: input.permissions?.staff ?? null
		},
		cooldown: input.cooldown ?? 'normal',
		stores: input.stores ?? false,
		takesAway: input.takesAway?.bind(input) ?? null,
		slash: places.map(slashPath),
		noSlash: typeof input.slash === 'string' ? null : input.slash.none,
		hidden: input.hidden ?? false,
		run: (context, args) => input.run(context, args)
	};
}

export function leafOf<const O extends Options, W extends Where>(input: CommandInput<O, W>): Leaf;
export function leafOf(input: AnyCommand): Leaf {
	return toLeaf(input, { id: input.id, piece: input.id, path: input.name, morePaths: [], route: [] });
}

export function leavesOf(group: GroupInput): {
	readonly group: LeafGroup;
	readonly subgroups: readonly LeafGroup[];
	readonly leaves: readonly Leaf[];
} {
	const roots = [group.name, ...(group.aliases ?? [])];
	const direct: Leaf[] = [];
	const subgroups: LeafGroup[] = [];

	const place = (id: string, bases: readonly string[], route: readonly string[], name: string | null): Placement => {
		const paths = bases.map((base) => (name === null ? base : `${base} ${name}`));
		return { id, piece: group.id, path: paths[0] ?? id, morePaths: paths.slice(1), route };
	};
	const asDefault = (sub: Sub, id: string, bases: readonly string[], route: readonly string[]): Leaf => {
		const named = bases.map((base) => `${base} ${sub.name}`);
		const placement = place(id, bases, [...route, sub.name], null);
		return toLeaf(sub, { ...placement, morePaths: [...placement.morePaths, ...named] });
	};

	if (group.default) direct.push(asDefault(group.default, group.id, roots, []));
	for (const [name, entry] of Object.entries(group.subcommands)) {
		if (!('subcommands' in entry)) {
			direct.push(toLeaf(entry, place(`${group.id}-${name}`, roots, [name], name)));
			continue;
		}
		const below = [name, ...(entry.aliases ?? [])].flatMap((word) => roots.map((root) => `${root} ${word}`));
		const bases = [...below, ...(entry.ownWords ?? [])];
		const leaves = Object.entries(entry.subcommands).map(([leafName, leaf]) =>
			toLeaf(leaf, place(`${group.id}-${name}-${leafName}`, bases, [name, leafName], leafName))
		);
		if (entry.default) leaves.unshift(asDefault(entry.default, `${group.id}-${name}`, bases, [name]));
		subgroups.push({
			id: `${group.id}-${name}`,
			module: moduleOf(group.id),
			piece: group.id,
			path: bases[0] ?? name,
			paths: bases,
			leaves
		});
	}

	const leaves = [...direct, ...subgroups.flatMap((subgroup) => subgroup.leaves)];
	return {
		group: { id: group.id, module: moduleOf(group.id), piece: group.id, path: group.name, paths: roots, leaves },
		subgroups,
		leaves
	};
}

function slashPath(place: string): SlashPath {
	const [root = place, second = null, third = null] = place.split(' ');
	return third === null ? { root, group: null, name: second } : { root, group: second, name: third };
}

function moduleOf(id: string): string {
	return id.slice(0, id.indexOf('.'));
}
