import { Piece, type StoreRegistryKey } from '@sapphire/pieces';
import type { GuildMember, Message, VoiceState } from 'discord.js';

/**
 * `guard`: in order, each may stop the event. `claim`: in order, the first that takes it ends the claims.
 * `observe`: side by side, each in its own try.
 */
export type Stage = 'guard' | 'claim' | 'observe';

/** What a guard or claim answers; an observer's answer is not looked at. */
export type StepAnswer = 'pass' | 'stop';

export interface StepOptions extends Piece.Options {
	readonly stage: Stage;
	/** Lower ones first; Appendix A of the feature catalogue gives the order. */
	readonly order: number;
}

/** What a module does with an event that many modules look at. */
export abstract class Step<E, Options extends StepOptions, Store extends StoreRegistryKey> extends Piece<Options, Store> {
	public constructor(context: Piece.LoaderContext<Store>, options: Options) {
		super(context, options);
	}

	/** Whether the step has anything to do in this server, from warm settings: a server's plan leaves out what is off. */
	public isOn(_guildId: string | null): boolean {
		return true;
	}

	public abstract run(event: E): StepAnswer | void | Promise<StepAnswer | void>;
}

export interface MessageStepOptions extends StepOptions {
	/** Whether the step also sees messages that call a command, or that a claim took. */
	readonly commands: 'skip' | 'also';
	readonly authors: 'members' | 'bots';
	/** Whether a claim also looks at an edit of the first minute, as the command parser does. */
	readonly edits?: boolean;
}

/** A module's part in what happens to a message. */
export abstract class MessageStep extends Step<Message, MessageStepOptions, 'message-steps'> {}

/** A module's part in what happens when a member joins. */
export abstract class JoinStep extends Step<GuildMember, StepOptions, 'join-steps'> {}

export interface VoiceChange {
	readonly before: VoiceState;
	readonly after: VoiceState;
}

/** A module's part in what happens when somebody joins, leaves or changes a voice channel. */
export abstract class VoiceStep extends Step<VoiceChange, StepOptions, 'voice-steps'> {}
