import { container } from '@sapphire/pieces';
import type { GuildBasedChannel, GuildMember } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { type GuardRequest, requestOfMember } from '#lib/commands/guards/guardRequest.js';
import { explain } from '#lib/commands/guards/guards.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { noMatch } from '#lib/commands/noMatch.js';
import { channel, member, optional, text } from '#lib/commands/options/index.js';
import type { OptionKind } from '#lib/commands/options/option.js';
import type { OwnCall, OwnWords } from '#lib/commands/ownWords.js';
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
		command: optional(commandPath()),
		channel: optional(channel()),
		member: optional(member())
	},
	async run(context, { command, channel: place, member: who }) {
		const { leaf, own } = findLeaf(command, await ownWordsOf(context.guild.id));
		const request = await requestFor(context, leaf, place, who);
		const answers = await explain(request, container.kit);
		await context.reply({ embeds: [diagnosisView(request, answers, context.t, container.kit.languages, own)], private: true });
	}
});

/** `reminder add` is one command, also without quotes. */
function commandPath(): OptionKind<string> {
	const isPath = (words: string) => container.kit.index.byPath(words) !== null || container.kit.index.group(words) !== null;
	const isOwn = (words: string, guildId: string | null) => {
		const own = ownWordsOf(guildId);
		// The guards have read them by now.
		return !(own instanceof Promise) && isPath(own.callOf(words)?.call ?? '');
	};
	return {
		...text({ max: 100, autocomplete: (typed, { guildId }) => commandChoices(typed, guildId) }),
		isOneValue: (words, { guild }) => isPath(words) || isOwn(words, guild?.id ?? null)
	};
}

function requestFor(
	context: CommandContext<'guild'>,
	leaf: Leaf,
	place: GuildBasedChannel | null,
	who: GuildMember | null
): Promise<GuardRequest> {
	const channelOfCall = context.guild.channels.cache.get(context.channelId) ?? null;
	return requestOfMember(leaf, who ?? context.member, place ?? channelOfCall);
}

function ownWordsOf(guildId: string | null): OwnWords | Promise<OwnWords> {
	return container.services.commandsettings.ownWords(container.kit.index, guildId);
}

function findLeaf(typed: string | null, ownWords: OwnWords): { readonly leaf: Leaf; readonly own: OwnCall | null } {
	const { index } = container.kit;
	const leaf = typed === null ? index.byId(PLAINEST) : (index.byPath(typed) ?? index.byId(typed));
	if (leaf !== null) return { leaf, own: null };
	const group = index.group(typed ?? '');
	if (group !== null) throw noMatch({ prefix: '', rest: '' }, group);
	const own = ownWords.callOf(typed ?? '');
	const called = own === null ? null : index.resolve(own.call);
	if (called !== null && called.leaf === null) throw noMatch({ prefix: '', rest: called.rest }, called.group);
	if (called !== null) return { leaf: called.leaf, own };
	const [guess] = index.suggest(typed ?? '', 1, ownWords.words);
	throw guess === undefined
		? refusal('diagnostics', 'unknown-command', { given: typed ?? '' })
		: refusal('diagnostics', 'unknown-command-guess', { given: typed ?? '', guess });
}

async function commandChoices(typed: string, guildId: string | null) {
	const wanted = typed.toLowerCase();
	const paths = container.kit.index.leaves.filter((leaf) => !leaf.hidden).map(({ path }) => path);
	const { words } = await ownWordsOf(guildId);
	return [...paths, ...words]
		.filter((path) => path.includes(wanted))
		.slice(0, 25)
		.map((path) => ({ name: path, value: path }));
}
