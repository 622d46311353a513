import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class StaffOnly extends GuardPrecondition {
	protected override readonly guard = 'staffOnly';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('staffOnly'));
	}
}
