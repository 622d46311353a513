import { container } from '@sapphire/pieces';
import { type Role, Routes } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import { auditReason } from '#modules/moderation/index.js';
import { newRole } from '#modules/roles/view.js';

type Context = CommandContext<'guild'>;

/** So many members lose a role without anybody being asked. */
const mostUnasked = 10;

/** Makes a role without any permission, at the bottom. Answers its id. */
export async function createRole({ client, guild, user }: Context, name: string, colour: number | null): Promise<string> {
	const body = newRole(name, colour);
	const made = await client.rest.post(Routes.guildRoles(guild.id), { body, reason: auditReason(null, user.username) });
	if (typeof made !== 'object' || made === null || !('id' in made)) throw new TypeError('Discord answered no role');
	return String(made.id);
}

/** Deletes a role; asks first when many members have it. */
export async function deleteRole(context: Context, role: Role): Promise<void> {
	const { client, guild, user } = context;
	await mayDelete(context, role);
	await context.defer();
	const holders = await container.services.roles.crowd(guild.id, 'all', { roleId: role.id, change: 'remove' });
	const question = { question: 'roles:delete.confirm', values: { role: role.name, count: holders.length } } as const;
	if (holders.length > mostUnasked && !(await context.confirm({ ...question, recheck: () => mayDelete(context, role) }))) return;
	await client.rest.delete(Routes.guildRole(guild.id, role.id), { reason: auditReason(null, user.username) });
	await context.success('roles:delete.done', { role: role.name });
}

async function mayDelete({ guild, user }: Context, role: Role): Promise<void> {
	const may = await container.services.roles.mayChange(guild.id, user.id, { roleId: role.id, change: 'remove' });
	if (!may.ok) throw refusal('roles', may.code, may.values);
}
