import { container } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { pickRole } from '#lib/commands/options/roles.js';
import { refusal } from '#lib/errors/refusal.js';
import { answerPerformed, performedOf } from '#modules/moderation/answer.js';
import { endValues } from '#modules/moderation/view/edited.js';
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
	if (!outcome.ok && outcome.code === 'already-has' && durationMs !== null) {
		if (await prolonged(context, member, only.add, durationMs)) return;
	}
	await answerPerformed(context, outcome);
}

/** Who has the role for a time keeps it until the new end. False: he has it for good. */
async function prolonged(context: Context, member: GuildMember, [roleId]: readonly string[], durationMs: number): Promise<boolean> {
	if (roleId === undefined) return false;
	const held = { guildId: context.guild.id, userId: member.id, roleId };
	const moved = await container.services.roles.prolong(held, context.user.id, durationMs);
	if (moved === null) return false;
	const { number, ...end } = performedOf(moved);
	await context.success('moderation:edited.duration', endValues(number, end));
	return true;
}
