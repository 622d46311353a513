import { container } from '@sapphire/pieces';
import type { GuildBasedChannel, GuildMember } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { type GuardRequest, requestOfMember } from '#lib/commands/guards/guardRequest.js';
import { explain } from '#lib/commands/guards/guards.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { noMatch } from '#lib/commands/noMatch.js';
import { channel, member, optional, text } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { diagnosisView } from '#modules/diagnostics/view.js';

/** Without a command: could any be used here? `ping` asks for nothing of its own. */
const PLAINEST = 'diagnostics.ping';

export const Diagnose = defineCommand({
	id: 'diagnostics.diagnose',
	name: 'diagnose',
	slash: 'diagnose',
	permissions: { member: ['ManageGuild'] },
	answer: 'private',
	options: {
		command: optional(text({ max: 100, autocomplete: (typed) => commandChoices(typed) })),
		channel: optional(channel()),
		member: optional(member())
	},
	async run(context, { command, channel: place, member: who }) {
		const leaf = findLeaf(command);
		const request = await requestFor(context, leaf, place, who);
		const answers = await explain(request, container.kit);
		await context.reply({ embeds: [diagnosisView(request, answers, context.t, container.kit.languages)], private: true });
	}
});

function requestFor(
	context: CommandContext<'guild'>,
	leaf: Leaf,
	place: GuildBasedChannel | null,
	who: GuildMember | null
): Promise<GuardRequest> {
	const channelOfCall = context.guild.channels.cache.get(context.channelId) ?? null;
	return requestOfMember(leaf, who ?? context.member, place ?? channelOfCall);
}

function findLeaf(typed: string | null): Leaf {
	const { index } = container.kit;
	const leaf = typed === null ? index.byId(PLAINEST) : (index.byPath(typed) ?? index.byId(typed));
	if (leaf !== null) return leaf;
	const group = index.group(typed ?? '');
	if (group !== null) throw noMatch({ prefix: '', rest: '' }, group);
	const [guess] = index.suggest(typed ?? '', 1);
	throw guess === undefined
		? refusal('diagnostics', 'unknown-command', { given: typed ?? '' })
		: refusal('diagnostics', 'unknown-command-guess', { given: typed ?? '', guess });
}

function commandChoices(typed: string) {
	const wanted = typed.toLowerCase();
	return container.kit.index.leaves
		.filter((leaf) => !leaf.hidden && leaf.path.includes(wanted))
		.slice(0, 25)
		.map((leaf) => ({ name: leaf.path, value: leaf.path }));
}
