import { container } from '@sapphire/pieces';
import { requireCommand } from '#lib/commands/guards/requireCommand.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { freeingOf } from '#modules/moderation/service/jailJobs.js';
import { goingValues } from '#modules/moderation/view/jail.js';

export const UnsetMod = defineCommand({
	id: 'moderation.unsetmod',
	name: 'unsetmod',
	aliases: ['unsetjail'],
	permissions: { member: ['Administrator'], bot: ['ManageRoles', 'ManageChannels'] },
	slash: 'mod jail remove',
	async run(context) {
		const { guild, user, t } = context;
		const { jail, jailSetup } = container.services.moderation;
		const things = await jailSetup.things(guild.id);
		if (things === null) throw refusal('moderation', 'no-jail');
		const before = await jail.userIds(guild.id);
		const values = goingValues(things, before.length, t);
		const recheck = () => requireCommand(context, 'moderation.unsetmod');
		if (!(await context.confirm({ question: 'moderation:jail.sure', values, recheck }))) return;
		const jailed = await jail.userIds(guild.id);
		if (jailed.length > 0) {
			const reason = t('moderation:jail.dissolved', { user: user.username });
			return void (await container.jobs.startFrom(context, freeingOf(jailed, reason)));
		}
		const outcome = await jailSetup.dismantle({ guildId: guild.id, actorId: user.id });
		if (!outcome.ok) throw refusal('moderation', outcome.code);
		await context.success('moderation:jail.gone');
	}
});
