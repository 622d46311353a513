import type { Piece } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import { splitPrefix } from '#lib/commands/parse.js';
import { MessageStep, type StepAnswer } from '#lib/pipeline/step.js';

/** A server's own word for a command: run as that command, through all of its guards. Real commands were looked for before. */
export class CommandsettingsAlias extends MessageStep {
	public constructor(context: Piece.LoaderContext<'message-steps'>) {
		super(context, { stage: 'claim', order: 10, commands: 'skip', authors: 'members', edits: true });
	}

	public override isOn(guildId: string | null): boolean {
		return guildId !== null && this.container.services.commandsettings.mayHaveAliases(guildId);
	}

	public override run(message: Message): StepAnswer | Promise<StepAnswer> {
		if (!message.inGuild()) return 'pass';
		const prefixes = this.container.kit.prefixes(message.guildId, message.author.id);
		if (prefixes instanceof Promise) return prefixes.then((known) => this.#look(message, known));
		return this.#look(message, prefixes);
	}

	/** Most messages have no prefix: for them nothing is asked. */
	#look(message: Message<true>, prefixes: readonly string[]): StepAnswer | Promise<StepAnswer> {
		const call = splitPrefix(message.content, prefixes, message.client.user.id);
		return call === null || call.line === '' ? 'pass' : this.#call(message, call.prefix, call.line);
	}

	async #call(message: Message<true>, prefix: string, line: string): Promise<StepAnswer> {
		const { kit, messages, services } = this.container;
		const resolved = await services.commandsettings.expand(kit.index, message.guildId, line);
		if (resolved === null) return 'pass';
		await messages.call(message, { prefix, ...resolved });
		return 'stop';
	}
}
