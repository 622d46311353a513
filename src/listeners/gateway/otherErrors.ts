import { Events, Listener } from '@sapphire/framework';
import { ScheduledTaskEvents } from '@sapphire/plugin-scheduled-tasks';
import type { ClientEvents } from 'discord.js';
import type { ErrorRenderer } from '#lib/errors/render.js';

/** A listener piece for one event that tells of an error outside of commands. */
function telling<E extends keyof ClientEvents & string>(
	event: E,
	tell: (house: { readonly errors: ErrorRenderer }, ...payload: ClientEvents[E]) => Promise<void> | void
) {
	return class extends Listener<E> {
		public constructor(context: Listener.LoaderContext) {
			super(context, { event, name: `tell-${event}` });
		}

		public override run(...payload: ClientEvents[E]) {
			return tell(this.container, ...payload);
		}
	};
}

export const InteractionHandlerError = telling(Events.InteractionHandlerError, ({ errors }, error, { interaction, handler }) =>
	errors.toInteraction(error, interaction, { where: 'interaction handler', name: handler.name })
);
export const InteractionHandlerParseError = telling(Events.InteractionHandlerParseError, ({ errors }, error, { interaction, handler }) =>
	errors.toInteraction(error, interaction, { where: 'interaction handler', name: handler.name })
);
export const CommandAutocompleteInteractionError = telling(
	Events.CommandAutocompleteInteractionError,
	({ errors }, error, { interaction, command }) => errors.toInteraction(error, interaction, { where: 'autocomplete', name: command.name })
);
export const ListenerError = telling(Events.ListenerError, ({ errors }, error, { piece }) =>
	errors.inBackground(error, { where: 'listener', name: piece.name })
);
export const ScheduledTaskError = telling(ScheduledTaskEvents.ScheduledTaskError, ({ errors }, error, task) =>
	errors.inBackground(error, { where: 'task', name: typeof task === 'string' ? task : task.name })
);
