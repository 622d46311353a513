import type { Message } from 'discord.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { Invocation } from '#lib/commands/invocation.js';
import type { PrefixSource } from '#lib/commands/kit.js';
import { parse } from '#lib/commands/parse.js';
import { Pipeline, type PipelineReports } from './pipeline.js';
import type { MessageStep } from './step.js';

export interface MessagePipelineParts {
	readonly steps: () => Iterable<MessageStep>;
	readonly reports: PipelineReports;
	readonly prefixes: PrefixSource;
	readonly index: () => CommandIndex;
	/** True for the one call that may run this message as a command: not twice, not in two processes. */
	readonly claim: (messageId: string) => Promise<boolean>;
	readonly dispatch: (message: Message, invocation: Invocation) => void;
}

/** Discord: how old a message may be whose edit is still read as a command. */
const EDIT_WINDOW_MS = 60_000;

/**
 * What happens to a message, in the order of Appendix A: guards, the command parser, claims, observers.
 *
 * Replaces Sapphire's own message listeners, which stop without an event where the bot may not send.
 */
export class MessagePipeline extends Pipeline<Message, MessageStep> {
	public constructor(private readonly parts: MessagePipelineParts) {
		super(parts.steps, parts.reports);
	}

	public async onMessage(message: Message): Promise<void> {
		const plan = this.planOf(message.guildId);
		if (message.author.bot || message.webhookId !== null || message.system) {
			await this.observe(only(plan.observe, 'bots'), message);
			return;
		}
		if (await this.walk(only(plan.guard, 'members'), message)) return;
		// What a claim takes is a call too: of a server's own word, say.
		const called = (await this.#run(message)) || (await this.walk(only(plan.claim, 'members'), message));
		const members = only(plan.observe, 'members');
		await this.observe(called ? members.filter((step) => step.options.commands === 'also') : members, message);
	}

	/** An edit passes the guards again; within a minute it may call a command, once per message. */
	public async onEdit(message: Message): Promise<void> {
		if (message.author.bot || message.webhookId !== null || message.system || message.editedTimestamp === null) return;
		const plan = this.planOf(message.guildId);
		if (await this.walk(only(plan.guard, 'members'), message)) return;
		if (message.editedTimestamp - message.createdTimestamp > EDIT_WINDOW_MS || (await this.#run(message))) return;
		const claims = only(plan.claim, 'members').filter((step) => step.options.edits === true);
		await this.walk(claims, message);
	}

	/** True when the message calls a command, be it one that was run already. */
	async #run(message: Message): Promise<boolean> {
		const answer = this.parts.prefixes(message.guildId, message.author.id);
		const prefixes = answer instanceof Promise ? await answer : answer;
		const invocation = parse(message.content, prefixes, message.client.user.id, this.parts.index());
		if (invocation === null) return false;
		await this.call(message, invocation);
		return true;
	}

	/** Runs a message as this call, unless it ran as a command already: for claims that read words of their own as commands. */
	public async call(message: Message, invocation: Invocation): Promise<void> {
		if (await this.parts.claim(message.id)) this.parts.dispatch(message, invocation);
	}
}

const byAuthors = new WeakMap<readonly MessageStep[], Record<'members' | 'bots', readonly MessageStep[]>>();

/** Split once per plan: a plan's lists never change. */
function only(steps: readonly MessageStep[], authors: 'members' | 'bots'): readonly MessageStep[] {
	let split = byAuthors.get(steps);
	if (split === undefined) {
		split = {
			members: steps.filter((step) => step.options.authors === 'members'),
			bots: steps.filter((step) => step.options.authors === 'bots')
		};
		byAuthors.set(steps, split);
	}
	return split[authors];
}

declare module '@sapphire/pieces' {
	interface Container {
		messages: MessagePipeline;
	}
}
