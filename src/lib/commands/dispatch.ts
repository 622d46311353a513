import { Events, type MessageCommand } from '@sapphire/framework';
import { container } from '@sapphire/pieces';
import type { Message } from 'discord.js';
import type { Invocation } from './invocation.js';

/** Hands a call to Sapphire: its preconditions, the subcommand router and its events take it from here. */
export function dispatch(message: Message, invocation: Invocation): void {
	const called = invocation.leaf ?? invocation.group;
	if (called === null) return;
	const { prefix, leaf } = invocation;
	const command = container.stores.get('commands').get(called.piece);
	if (command === undefined) throw new Error(`The command "${called.id}" has no piece.`);
	message.client.emit(Events.PreMessageCommandRun, {
		message,
		command: command as MessageCommand,
		// Only the words that route: arguments are read from the invocation, with the line as it was typed.
		parameters: leaf?.route.join(' ') ?? '',
		context: { prefix, commandPrefix: prefix, commandName: called.path, invocation }
	});
}
