import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class CommandEnabled extends GuardPrecondition {
	protected override readonly guard = 'commandEnabled';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('commandEnabled'));
	}
}
