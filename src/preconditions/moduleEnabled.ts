import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class ModuleEnabled extends GuardPrecondition {
	protected override readonly guard = 'moduleEnabled';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('moduleEnabled'));
	}
}
