import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class Cooldown extends GuardPrecondition {
	protected override readonly guard = 'cooldown';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('cooldown'));
	}
}
