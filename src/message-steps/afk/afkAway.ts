import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { splitPrefix } from '#lib/commands/parse.js';
import { channelOf } from '#lib/discord/channelOf.js';
import { MessageStep } from '#lib/pipeline/step.js';
import { answer, mayAnswer } from '#modules/afk/discord.js';
import type { AwayNotice } from '#modules/afk/domain.js';
import { awayViews, returnView } from '#modules/afk/view.js';

/** Ends the absence of whoever writes, and says so of those who are mentioned and away. */
export class AfkAway extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'observe', order: 100, commands: 'also', authors: 'members' });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null;
	}

	public override run(message: Message): void | Promise<void> {
		if (!message.inGuild()) return;
		const { away } = this.container.services.afk;
		const { id, guildId, channelId, author, mentions } = message;
		const isBack = away.isBack(guildId, author.id);
		const notices =
			mentions.users.size === 0
				? []
				: away.onMentions({ id, guildId, channelId, authorId: author.id, mentionedIds: mentions.users.keys() });
		if (isBack || notices.length > 0) return this.#speak(message, isBack, notices);
	}

	async #speak(message: Message<true>, isBack: boolean, notices: readonly AwayNotice[]): Promise<void> {
		const { kit, services } = this.container;
		const { away } = services.afk;
		const { author, guild, guildId } = message;
		const ended = isBack && !(await this.#isAfkCommand(message)) ? await away.comeBack(guildId, author.id) : null;
		if (!mayAnswer(message) || !(await this.#isModuleOn(message))) return;
		const told = await away.claimed(message.id, notices);
		if (ended === null && told.length === 0) return;
		const locale = await kit.locale({ interaction: null, userId: author.id, guildId, guildLocale: guild.preferredLocale });
		const t = kit.languages.translator(locale);
		if (ended !== null) await answer(message, [returnView(ended, author.id, t)]);
		if (told.length > 0) await answer(message, awayViews(told, t));
	}

	/** Where the module is off an absence ends all the same, and nothing is said of it. */
	#isModuleOn(message: Message<true>): Promise<boolean> {
		const channel = channelOf(message);
		const around = channel?.isThread() ? channel.parentId : null;
		return this.container.services.commandsettings.isModuleOn(message.guildId, 'afk', [message.channelId, around]);
	}

	/** Asked only about people who are away: `;afk something else` changes the reason, also by a word of the server's own. */
	async #isAfkCommand({ content, guildId, author, client }: Message<true>): Promise<boolean> {
		const { kit, services } = this.container;
		const call = splitPrefix(content, await kit.prefixes(guildId, author.id), client.user.id);
		if (call === null) return false;
		const resolved = kit.index.resolve(call.line) ?? (await services.commandsettings.expand(kit.index, guildId, call.line));
		return resolved?.leaf?.id === 'afk.afk';
	}
}
