import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class MemberPermissions extends GuardPrecondition {
	protected override readonly guard = 'memberPermissions';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('memberPermissions'));
	}
}
