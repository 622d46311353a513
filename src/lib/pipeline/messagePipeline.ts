import type { GuildMember, Message } from 'discord.js';
import { keepAuthor } from '#lib/commands/author.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { Invocation } from '#lib/commands/invocation.js';
import type { PrefixSource } from '#lib/commands/kit.js';
import { parse } from '#lib/commands/parse.js';
import { Pipeline, type PipelineReports, type Plan } from './pipeline.js';
import type { MessageStep } from './step.js';

export interface MessagePipelineParts {
	readonly steps: () => Iterable<MessageStep>;
	readonly reports: PipelineReports;
	readonly prefixes: PrefixSource;
	readonly index: () => CommandIndex;
	/** True for the one call that may run this message as a command: not twice, not in two processes. */
	readonly claim: (messageId: string) => Promise<boolean>;
	/** Takes that back. */
	readonly unclaim: (messageId: string) => Promise<void>;
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
		const { members, afterCommands, botObservers } = splitByAuthors(this.planOf(message.guildId));
		if (message.author.bot || message.webhookId !== null || message.system) {
			await this.observe(botObservers, message);
			return;
		}
		const { member } = message;
		if (await this.walk(members.guard, message)) return;
		// What a claim takes is a call too: of a server's own word, say.
		const called = (await this.#run(message, member)) || (await this.walk(members.claim, message));
		await this.observe(called ? afterCommands : members.observe, message);
	}

	/** An edit passes the guards again; within a minute it may call a command, once per message. */
	public async onEdit(message: Message): Promise<void> {
		if (message.author.bot || message.webhookId !== null || message.system || message.editedTimestamp === null) return;
		const { member } = message;
		const { guard, claim } = splitByAuthors(this.planOf(message.guildId)).members;
		if (await this.walk(guard, message)) return;
		if (message.editedTimestamp - message.createdTimestamp > EDIT_WINDOW_MS || (await this.#run(message, member))) return;
		await this.walk(
			claim.filter((step) => step.options.edits === true),
			message
		);
	}

	/** True when the message calls a command, be it one that was run already. */
	async #run(message: Message, member: GuildMember | null): Promise<boolean> {
		const answer = this.parts.prefixes(message.guildId, message.author.id);
		const prefixes = answer instanceof Promise ? await answer : answer;
		const invocation = parse(message.content, prefixes, message.client.user.id, this.parts.index());
		if (invocation === null) return false;
		keepAuthor(message, member);
		await this.call(message, invocation);
		return true;
	}

	/** Runs a message as this call, unless it ran as a command already: for claims that read words of their own as commands. */
	public async call(message: Message, invocation: Invocation): Promise<void> {
		if (await this.parts.claim(message.id)) this.parts.dispatch(message, invocation);
	}

	/** The words were no call after all: whoever mends them by an edit has not used a command yet. */
	public async didNotRun(message: Message): Promise<void> {
		await this.parts.unclaim(message.id);
	}
}

/** A server's plan, split by whose messages the steps look at. */
interface MessagePlan {
	readonly members: Plan<MessageStep>;
	readonly afterCommands: readonly MessageStep[];
	readonly botObservers: readonly MessageStep[];
}

const splitPlans = new WeakMap<Plan<MessageStep>, MessagePlan>();

/** Split once per plan: a plan's lists never change. */
function splitByAuthors(plan: Plan<MessageStep>): MessagePlan {
	const kept = splitPlans.get(plan);
	if (kept !== undefined) return kept;
	const only = (steps: readonly MessageStep[], authors: 'members' | 'bots') => steps.filter((step) => step.options.authors === authors);
	const members = { guard: only(plan.guard, 'members'), claim: only(plan.claim, 'members'), observe: only(plan.observe, 'members') };
	const split = {
		members,
		afterCommands: members.observe.filter((step) => step.options.commands === 'also'),
		botObservers: only(plan.observe, 'bots')
	};
	splitPlans.set(plan, split);
	return split;
}

declare module '@sapphire/pieces' {
	interface Container {
		messages: MessagePipeline;
	}
}
