import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class RightPlace extends GuardPrecondition {
	protected override readonly guard = 'rightPlace';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('rightPlace'));
	}
}
