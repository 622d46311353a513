import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { role } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

const permissions = { member: ['Administrator'] } as const;

export const ProtectedRole = defineGroup({
	id: 'moderation.protectedrole',
	name: 'protectedrole',
	subcommands: {
		add: sub({
			slash: 'mod protected add',
			permissions,
			options: { role: role() },
			async run(context, { role: { id } }) {
				const outcome = await container.services.moderation.setup.protectRole(by(context), id);
				if (!outcome.ok) throw refusal('moderation', outcome.code, { ...outcome.values, roles: id });
				await context.success('moderation:protected.added', { roleId: id });
			}
		}),
		remove: sub({
			slash: 'mod protected remove',
			permissions,
			options: { role: role() },
			async run(context, { role: { id } }) {
				const outcome = await container.services.moderation.setup.unprotectRole(by(context), id);
				if (!outcome.ok) throw refusal('moderation', outcome.code, { ...outcome.values, roles: id });
				await context.success('moderation:protected.removed', { roleId: id });
			}
		}),
		list: sub({
			slash: 'mod protected list',
			permissions,
			async run(context) {
				const { protectedRoleIds } = await container.services.moderation.moderation.settings(context.guild.id);
				if (protectedRoleIds.length === 0) throw refusal('moderation', 'no-protected');
				await context.paginate({ title: context.t('moderation:protected.title'), lines: protectedRoleIds.map((id) => `<@&${id}>`) });
			}
		})
	}
});

function by({ guild, user }: CommandContext<'guild'>) {
	return { guildId: guild.id, actorId: user.id };
}
