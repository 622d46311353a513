import { container } from '@sapphire/pieces';
import { type Attachment, PermissionFlagsBits } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { requireCommand } from '#lib/commands/guards/requireCommand.js';
import { attachment, optional, text } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { namesOf } from '#modules/moderation/discord/names.js';
import { type CaseFile, inMessages, offerOfFile } from '#modules/moderation/domain/file.js';
import { caseButtons, caseFileEmbed } from '#modules/moderation/view/caseFile.js';
import { caseNumberOption, labelsIn } from './_options.js';

const staff = { member: ['ManageMessages'] } as const;

export const CaseGroup = defineGroup({
	id: 'moderation.case',
	name: 'case',
	default: sub({
		name: 'show',
		slash: 'case show',
		permissions: staff,
		options: { number: caseNumberOption() },
		async run(context, { number }) {
			const file = await open(context, number);
			const { client, t, locale } = context;
			const remarks = container.services.moderation.remarksOf(file.case, t);
			const words = { t, locale, label: labelsIn(locale)(file.case.type), remarks };
			const embed = caseFileEmbed(file, await namesOf(client, file.case), words);
			const [first = [], ...more] = mayAttach(context) ? await filesOf(file) : [];
			await context.reply({ embeds: [embed], components: caseButtons(number, t), files: first });
			if (more.length > 0) await context.neutral('moderation:evidence.more', { count: more.flat().length, number });
		}
	}),
	subcommands: {
		delete: sub({
			slash: 'case delete',
			permissions: { member: ['Administrator'] },
			options: { number: caseNumberOption() },
			async run(context, { number }) {
				await open(context, number);
				const recheck = () => requireCommand(context, 'moderation.case-delete');
				if (!(await context.confirm({ question: 'moderation:case.ask-delete', values: { number }, recheck }))) return;
				const by = { guildId: context.guild.id, actorId: context.user.id };
				const outcome = await container.services.moderation.cases.delete(by, number);
				if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
				await context.success('moderation:case.deleted', { number });
			}
		}),
		evidence: sub({
			slash: 'case evidence',
			permissions: { ...staff, bot: ['AttachFiles'] },
			options: {
				number: caseNumberOption(),
				link: optional(text({ max: 500 })),
				file: optional(attachment()),
				secondFile: optional(attachment()),
				thirdFile: optional(attachment())
			},
			async run(context, { number, link, file, secondFile, thirdFile }) {
				const found = await open(context, number);
				const given = [file, secondFile, thirdFile].filter((one) => one !== null);
				await context.defer();
				if (link === null && given.length === 0) await showEvidence(context, found);
				else await addEvidence(context, number, link, given);
			}
		})
	}
});

async function open(context: CommandContext<'guild'>, number: number): Promise<CaseFile> {
	const outcome = await container.services.moderation.cases.open(context.guild.id, number);
	if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
	return outcome.value;
}

/** The files of a case, in as few messages as they fit into. */
async function filesOf(file: CaseFile) {
	const files = await container.services.moderation.cases.evidence.files(file.case, file.evidence);
	return inMessages(files).map((message) => message.map(({ name, bytes }) => ({ name, attachment: Buffer.from(bytes) })));
}

async function showEvidence(context: CommandContext<'guild'>, file: CaseFile): Promise<void> {
	const { number } = file.case;
	if (file.evidence.length === 0) throw refusal('moderation', 'no-evidence', { number });
	const links = file.evidence.flatMap(({ url }) => (url === null ? [] : [context.t('moderation:case.item', { text: url })]));
	if (links.length > 0) await context.paginate({ title: context.t('moderation:evidence.title', { number }), lines: links });
	for (const files of await filesOf(file)) await context.reply({ content: context.t('moderation:evidence.title', { number }), files });
}

async function addEvidence(
	context: CommandContext<'guild'>,
	number: number,
	link: string | null,
	files: readonly Attachment[]
): Promise<void> {
	const { evidence } = container.services.moderation.cases;
	const offers = files.map(offerOfFile);
	if (link !== null) {
		const offer = evidence.offerOf(link);
		if (!offer.ok) throw refusal('moderation', offer.code);
		offers.push(offer.value);
	}
	const about = { guildId: context.guild.id, number, actorId: context.user.id };
	for (const [count, offer] of offers.entries()) {
		const outcome = await evidence.add(about, offer);
		if (outcome.ok) continue;
		if (count > 0) await context.success('moderation:evidence.added', { count, number });
		throw refusal('moderation', outcome.code, outcome.values);
	}
	await context.success('moderation:evidence.added', { count: offers.length, number });
}

function mayAttach({ channel, guild }: CommandContext<'guild'>): boolean {
	const me = guild.members.me;
	if (me === null || channel === null || channel.isDMBased()) return false;
	return channel.permissionsFor(me).has(PermissionFlagsBits.AttachFiles);
}
