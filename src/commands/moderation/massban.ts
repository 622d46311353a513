import { container } from '@sapphire/pieces';
import type { Attachment } from 'discord.js';
import { attachment, optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { HttpError } from '#lib/http/index.js';
import { mostIds, readIds } from '#modules/moderation/domain/ids.js';
import { massKinds } from '#modules/moderation/ids.js';
import { reasonOption } from './_options.js';

export const Massban = defineCommand({
	id: 'moderation.massban',
	name: 'massban',
	permissions: { member: ['Administrator'], bot: ['BanMembers', 'ManageGuild'] },
	slash: 'mod mass ban',
	cooldown: 'expensive',
	options: { file: optional(attachment()), ids: optional(rest({ max: 4_000 })), reason: optional(reasonOption()) },
	async run(context, { file, ids: typed, reason }) {
		await context.defer();
		const { moderation } = container.services.moderation;
		const { ids: named, rest: behind } = readIds(typed ?? '');
		const ids = [...new Set([...named, ...(file === null ? [] : await idsOf(file))])];
		if (ids.length === 0) throw refusal('moderation', 'no-ids');
		if (ids.length > mostIds) throw refusal('moderation', 'too-many-ids', { max: mostIds, count: ids.length });
		const why = reason ?? behind;
		const { deleteMessageSeconds, requireReason } = await moderation.settings(context.guild.id);
		if (requireReason && why === null) throw refusal('moderation', 'reason-needed');
		if (!(await context.confirm({ question: 'moderation:massban.sure', values: { count: ids.length } }))) return;
		await container.jobs.startFrom(context, {
			kind: massKinds.massban,
			title: { key: 'moderation:jobs.massban', values: { count: ids.length } },
			items: ids.map((key) => ({ key })),
			payload: { reason: why, deleteSeconds: deleteMessageSeconds },
			permission: 'Administrator'
		});
	}
});

async function idsOf(file: Attachment): Promise<readonly string[]> {
	try {
		return await container.services.moderation.idsOf(file.url);
	} catch (error) {
		if (error instanceof HttpError) throw refusal('moderation', 'file-unreadable');
		throw error;
	}
}
