import type { Database } from '#lib/data/database.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { type Alias, type CommandRules, type Decision, type Edit, noRules } from './domain.js';

export const guildSlot = 'commandsettings.guild';

export interface CommandRulesRepository {
	/** One statement a table; servers without rules are left out. */
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, CommandRules>>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	change(
		who: { readonly guildId: string; readonly actorId: string; readonly now: number },
		decide: (rules: CommandRules) => Decision
	): Promise<Decision>;
}

type Tables = Pick<Transaction, 'disabledCommand' | 'commandRestriction' | 'commandAlias'>;

export function commandRulesRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): CommandRulesRepository {
	return {
		readMany: (guildIds) => readRules(prisma, guildIds),
		change({ guildId, actorId, now }, decide) {
			return hub.write(
				guildSlot,
				guildId,
				(decision: Decision) => (decision.ok && decision.value.length > 0 ? { guildId, actorId, ...recordOf(decision.value) } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const decision = decide((await readRules(tx, [guildId])).get(guildId) ?? noRules);
					if (decision.ok) for (const edit of decision.value) await write(tx, edit, { guildId, actorId, now });
					return decision;
				}
			);
		}
	};
}

async function readRules(tables: Tables, guildIds: readonly string[]): Promise<ReadonlyMap<string, CommandRules>> {
	const where = { guildId: { in: guildIds.map(BigInt) } };
	const [disabled, restrictions, aliases] = await Promise.all([
		tables.disabledCommand.findMany({ where }),
		tables.commandRestriction.findMany({ where, orderBy: { roleId: 'asc' } }),
		tables.commandAlias.findMany({ where, orderBy: { alias: 'asc' } })
	]);
	const guilds = new Map<string, Collected>();
	const of = (guildId: bigint): Collected => {
		const rules = guilds.get(guildId.toString()) ?? {
			commands: new Set(),
			modules: new Map(),
			restrictions: new Map(),
			aliases: new Map()
		};
		guilds.set(guildId.toString(), rules);
		return rules;
	};
	for (const { guildId, kind, name, channelId } of disabled) {
		const { commands, modules } = of(guildId);
		if (kind === 'command') commands.add(name);
		else modules.set(name, (modules.get(name) ?? new Set()).add(channelId.toString()));
	}
	for (const { guildId, command, roleId } of restrictions) {
		const { restrictions: kept } = of(guildId);
		kept.set(command, [...(kept.get(command) ?? []), roleId.toString()]);
	}
	for (const { guildId, alias, ...target } of aliases)
		of(guildId).aliases.set(alias, { command: target.command, arguments: target.arguments });
	return guilds;
}

/** Rules while they are put together. */
interface Collected {
	readonly commands: Set<string>;
	readonly modules: Map<string, Set<string>>;
	readonly restrictions: Map<string, string[]>;
	readonly aliases: Map<string, Alias>;
}

async function write(tx: Transaction, edit: Edit, who: { guildId: string; actorId: string; now: number }): Promise<void> {
	const guildId = BigInt(who.guildId);
	const by = { actorId: BigInt(who.actorId), at: new Date(who.now) };
	if (edit.kind === 'switch') {
		const row = { guildId, kind: edit.scope, name: edit.name, channelId: BigInt(edit.channelId) };
		if (edit.off) await tx.disabledCommand.createMany({ data: [{ ...row, ...by }], skipDuplicates: true });
		else await tx.disabledCommand.deleteMany({ where: row });
	} else if (edit.kind === 'restrict') {
		const row = { guildId, command: edit.command, roleId: BigInt(edit.roleId) };
		if (edit.on) await tx.commandRestriction.createMany({ data: [{ ...row, ...by }], skipDuplicates: true });
		else await tx.commandRestriction.deleteMany({ where: row });
	} else {
		const row = { guildId, alias: edit.alias };
		if (edit.target === null) await tx.commandAlias.deleteMany({ where: row });
		else await tx.commandAlias.createMany({ data: [{ ...row, ...edit.target, ...by }] });
	}
}

/** What an edit takes away stands in `before`, what it adds in `after`. */
function recordOf(edits: readonly Edit[]) {
	const shown = edits.map((edit) => {
		if (edit.kind === 'switch') return { adds: edit.off, row: { off: edit.scope, name: edit.name, channelId: edit.channelId } };
		if (edit.kind === 'restrict') return { adds: edit.on, row: { restricted: edit.command, roleId: edit.roleId } };
		return { adds: edit.target !== null, row: { alias: edit.alias, ...edit.target } };
	});
	const rows = (adds: boolean) => shown.filter((one) => one.adds === adds).map(({ row }) => row);
	return { before: rows(false), after: rows(true) };
}

/** The tables with the id of the person who made a row, for privacy. */
export function madeBy({ prisma }: Pick<Database, 'prisma'>) {
	const who = (actorId: string) => ({ where: { actorId: BigInt(actorId) } });
	const nobody = { data: { actorId: null } };
	const shown = (rows: readonly { readonly actorId: bigint | null }[]) => rows.map(({ actorId: _, ...row }) => row);
	return {
		disabled_command: {
			export: async (actorId: string) => shown(await prisma.disabledCommand.findMany(who(actorId))),
			forget: async (tx: Transaction, actorId: string) => (await tx.disabledCommand.updateMany({ ...who(actorId), ...nobody })).count
		},
		command_restriction: {
			export: async (actorId: string) => shown(await prisma.commandRestriction.findMany(who(actorId))),
			forget: async (tx: Transaction, actorId: string) => (await tx.commandRestriction.updateMany({ ...who(actorId), ...nobody })).count
		},
		command_alias: {
			export: async (actorId: string) => shown(await prisma.commandAlias.findMany(who(actorId))),
			forget: async (tx: Transaction, actorId: string) => (await tx.commandAlias.updateMany({ ...who(actorId), ...nobody })).count
		}
	};
}
