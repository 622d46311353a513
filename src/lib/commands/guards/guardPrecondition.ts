import { AllFlowsPrecondition, type Precondition } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';
import { hasLeft } from '#lib/discord/hasLeft.js';
import { Refusal, type RefusalContext } from '#lib/errors/refusal.js';
import type { Invocation } from '../invocation.js';
import type { Leaf } from '../leaf.js';
import { type GuardRequest, requestOfInteraction, requestOfMessage, whereCalled } from './guardRequest.js';
import { type GuardName, globalGuards, guards } from './guards.js';

/** A guard as a precondition piece. Each piece only names its guard. */
export abstract class GuardPrecondition extends AllFlowsPrecondition {
	protected abstract readonly guard: GuardName;

	public override async messageRun(message: Message, _command: unknown, context: Precondition.Context) {
		const leaf = boundLeaf(context) ?? calledLeaf(context);
		if (leaf === null) return this.ok();
		if (hasLeft(message)) return this.#refuse({ module: 'commands', code: 'guild-only', silent: true });
		return this.#answer(await requestOfMessage(message, leaf));
	}

	public override chatInputRun(interaction: ChatInputCommandInteraction, _command: unknown, context: Precondition.Context) {
		const leaf = boundLeaf(context) ?? this.container.kit.slash.leafOf(interaction);
		return leaf === null ? this.ok() : this.#answer(requestOfInteraction(interaction, leaf, 'slash'));
	}

	public override contextMenuRun(interaction: ContextMenuCommandInteraction, _command: unknown, context: Precondition.Context) {
		const leaf = boundLeaf(context) ?? this.container.kit.slash.menuOf(interaction);
		return leaf === null ? this.ok() : this.#answer(requestOfInteraction(interaction, leaf, 'menu'));
	}

	async #answer(request: GuardRequest) {
		const answer = await guards[this.guard].check(whereCalled(request), this.container.kit);
		return answer === null ? this.ok() : this.#refuse(answer);
	}

	#refuse(answer: Pick<RefusalContext, 'module' | 'code'> & Partial<RefusalContext>) {
		const { context, identifier } = new Refusal({ values: {}, silent: false, ...answer });
		return this.error({ identifier, context });
	}
}

/** The options of the piece of a guard: its position when it is asked for every command. */
export function guardOptions(guard: GuardName): Precondition.Options {
	const position = globalGuards.indexOf(guard);
	return position === -1 ? {} : { position: 10 * (position + 1) };
}

/** What a guard that hangs on a leaf was given by the kit. */
function boundLeaf(context: Precondition.Context): Leaf | null {
	return (context['leaf'] as Leaf | undefined) ?? null;
}

/** A global guard sees the piece only; the parser noted the leaf. */
function calledLeaf(context: Precondition.Context): Leaf | null {
	const call = context['context'] as { readonly invocation?: Invocation } | undefined;
	return call?.invocation?.leaf ?? call?.invocation?.group?.leaves[0] ?? null;
}
