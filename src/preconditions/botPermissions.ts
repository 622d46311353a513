import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class BotPermissions extends GuardPrecondition {
	protected override readonly guard = 'botPermissions';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('botPermissions'));
	}
}
