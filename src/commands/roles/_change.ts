import { container } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { pickRole } from '#lib/commands/options/roles.js';
import { refusal } from '#lib/errors/refusal.js';
import { answerPerformed } from '#modules/moderation/answer.js';
import { type RoleWish, settle } from '#modules/roles/domain.js';

type Context = CommandContext<'guild'>;

/** Gives and takes roles of one member, as one action. */
export async function changeRoles(
	context: Context,
	member: GuildMember,
	wishes: readonly RoleWish[],
	durationMs: number | null = null
): Promise<void> {
	const wanted: { change: RoleWish['change']; roleId: string }[] = [];
	for (const { change, text } of wishes) {
		const role = await pickRole(text, context);
		if (role === null) throw refusal('roles', 'role-not-found', { given: text });
		wanted.push({ change, roleId: role.id });
	}
	const { add, remove } = settle(wanted, new Set(member.roles.cache.keys()));
	const asked = wanted.every(({ change }) => change === 'add') ? { add: wanted.map(({ roleId }) => roleId), remove: [] } : { add, remove };
	const only = wanted.every(({ change }) => change === 'remove') ? { add: [], remove: wanted.map(({ roleId }) => roleId) } : asked;
	const outcome = await container.services.moderation.moderation.perform({
		type: 'role',
		guildId: context.guild.id,
		targetId: member.id,
		actorId: context.user.id,
		durationMs,
		details: only
	});
	await answerPerformed(context, outcome);
}
