import { Events, Listener, type MessageCommand } from '@sapphire/framework';
import { SubcommandPluginEvents } from '@sapphire/plugin-subcommands';
import type { ChatInputCommandInteraction, ClientEvents, ContextMenuCommandInteraction, Message } from 'discord.js';
import { requestOfMessage } from '#lib/commands/guards/guardRequest.js';
import { firstRefusal, type GuardName } from '#lib/commands/guards/guards.js';
import type { Invocation } from '#lib/commands/invocation.js';
import type { CommandKit } from '#lib/commands/kit.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { noMatch } from '#lib/commands/noMatch.js';
import { Refusal, refusal } from '#lib/errors/refusal.js';
import type { ErrorRenderer } from '#lib/errors/render.js';
import type { MessagePipeline } from '#lib/pipeline/messagePipeline.js';

const groupGuards: readonly GuardName[] = ['rightPlace', 'moduleEnabled', 'cooldown'];

interface House {
	readonly errors: ErrorRenderer;
	readonly kit: CommandKit;
	readonly messages: MessagePipeline;
}

/** A listener piece for one event that tells of an error, a denial or a command that was not found. */
function telling<E extends keyof ClientEvents & string>(event: E, tell: (house: House, ...payload: ClientEvents[E]) => Promise<void>) {
	return class extends Listener<E> {
		public constructor(context: Listener.LoaderContext) {
			super(context, { event, name: `tell-${event}` });
		}

		public override run(...payload: ClientEvents[E]) {
			return tell(this.container, ...payload);
		}
	};
}

/** The stable id of a typed command. The kit puts its invocation into the run context. */
function typed(context: MessageCommand.RunContext | undefined): { where: string; name: string | undefined } {
	const invocation = invocationOf(context);
	return { where: 'command', name: invocation?.leaf?.id ?? invocation?.group?.id ?? context?.commandName };
}

function invocationOf(context: object | undefined): Invocation | undefined {
	return context !== undefined && 'invocation' in context ? (context.invocation as Invocation) : undefined;
}

function slash({ kit }: House, interaction: ChatInputCommandInteraction) {
	return { where: 'command', name: kit.slash.leafOf(interaction)?.id ?? interaction.commandName };
}

function menu({ kit }: House, interaction: ContextMenuCommandInteraction) {
	return { where: 'command', name: kit.slash.menuOf(interaction)?.id ?? interaction.commandName };
}

export const MessageCommandError = telling(Events.MessageCommandError, ({ errors }, error, { message, context }) =>
	errors.toMessage(error, message, typed(context))
);
export const MessageCommandDenied = telling(Events.MessageCommandDenied, ({ errors }, error, { message, context }) =>
	errors.toMessage(error, message, typed(context))
);
export const MessageSubcommandError = telling(SubcommandPluginEvents.MessageSubcommandError, ({ errors }, error, { message, context }) =>
	errors.toMessage(error, message, typed(context))
);
export const MessageSubcommandDenied = telling(SubcommandPluginEvents.MessageSubcommandDenied, ({ errors }, error, { message, context }) =>
	errors.toMessage(error, message, typed(context))
);
export const MessageSubcommandNoMatch = telling(
	SubcommandPluginEvents.MessageSubcommandNoMatch,
	async ({ errors, kit, messages }, message, _, context) => {
		const invocation = invocationOf(context);
		const group = invocation?.group ?? null;
		const refused = invocation === undefined || group === null ? refusal('errors', 'no-such-command') : noMatch(invocation, group);
		const [leaf] = group?.leaves ?? [];
		const sooner = leaf === undefined ? null : await refusalOfGroup(leaf, message, kit).catch((error: unknown) => error);
		await messages.didNotRun(message);
		return errors.toMessage(sooner ?? refused, message, typed(context));
	}
);

/** A bare group hangs on no leaf, so no precondition is asked: here it is, for the answer that lists its commands. */
async function refusalOfGroup(leaf: Leaf, message: Message, kit: CommandKit): Promise<Refusal | null> {
	const request = await requestOfMessage(message, { ...leaf, cooldown: 'normal' });
	const answer = await firstRefusal(groupGuards, request, kit);
	return answer === null ? null : new Refusal({ values: {}, silent: false, ...answer });
}

export const ChatInputCommandError = telling(Events.ChatInputCommandError, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, slash(house, interaction))
);
export const ChatInputCommandDenied = telling(Events.ChatInputCommandDenied, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, slash(house, interaction))
);
export const ChatInputSubcommandError = telling(SubcommandPluginEvents.ChatInputSubcommandError, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, slash(house, interaction))
);
export const ChatInputSubcommandDenied = telling(SubcommandPluginEvents.ChatInputSubcommandDenied, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, slash(house, interaction))
);

/** Discord knows a command that we do not (any more): somebody's list is old. */
const gone = () => refusal('errors', 'command-gone');
export const ChatInputSubcommandNoMatch = telling(SubcommandPluginEvents.ChatInputSubcommandNoMatch, (house, interaction) =>
	house.errors.toInteraction(gone(), interaction, slash(house, interaction))
);
export const UnknownChatInputCommand = telling(Events.UnknownChatInputCommand, (house, { interaction }) =>
	house.errors.toInteraction(gone(), interaction, slash(house, interaction))
);
export const NoChatInputHandler = telling(Events.CommandDoesNotHaveChatInputCommandHandler, (house, { interaction }) =>
	house.errors.toInteraction(gone(), interaction, slash(house, interaction))
);
export const UnknownContextMenuCommand = telling(Events.UnknownContextMenuCommand, (house, { interaction }) =>
	house.errors.toInteraction(gone(), interaction, menu(house, interaction))
);
export const NoContextMenuHandler = telling(Events.CommandDoesNotHaveContextMenuCommandHandler, (house, { interaction }) =>
	house.errors.toInteraction(gone(), interaction, menu(house, interaction))
);

export const ContextMenuCommandError = telling(Events.ContextMenuCommandError, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, menu(house, interaction))
);
export const ContextMenuCommandDenied = telling(Events.ContextMenuCommandDenied, (house, error, { interaction }) =>
	house.errors.toInteraction(error, interaction, menu(house, interaction))
);
