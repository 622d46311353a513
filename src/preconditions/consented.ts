import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class Consented extends GuardPrecondition {
	protected override readonly guard = 'consented';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('consented'));
	}
}
