import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class NotBlacklisted extends GuardPrecondition {
	protected override readonly guard = 'notBlacklisted';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('notBlacklisted'));
	}
}
