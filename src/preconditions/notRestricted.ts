import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class NotRestricted extends GuardPrecondition {
	protected override readonly guard = 'notRestricted';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('notRestricted'));
	}
}
