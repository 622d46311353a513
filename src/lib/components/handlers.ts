import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction, ModalSubmitInteraction, StringSelectMenuInteraction } from 'discord.js';
import { ComponentHandler } from './componentHandler.js';

type Context = InteractionHandler.LoaderContext;
type Options = InteractionHandler.Options;

/** A handler of buttons; see {@link ComponentHandler}. */
export abstract class ButtonHandler<V> extends ComponentHandler<V, ButtonInteraction> {
	public constructor(context: Context, options: Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.Button });
	}
}

/** A handler of lists of texts to choose from; see {@link ComponentHandler}. */
export abstract class SelectHandler<V> extends ComponentHandler<V, StringSelectMenuInteraction> {
	public constructor(context: Context, options: Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.SelectMenu });
	}
}

/** A handler of forms; see {@link ComponentHandler}. */
export abstract class FormHandler<V> extends ComponentHandler<V, ModalSubmitInteraction> {
	public constructor(context: Context, options: Options) {
		super(context, { ...options, interactionHandlerType: InteractionHandlerTypes.ModalSubmit });
	}
}
