import type { Precondition } from '@sapphire/framework';
import { GuardPrecondition, guardOptions } from '#lib/commands/guards/guardPrecondition.js';

export class GuildAuthorised extends GuardPrecondition {
	protected override readonly guard = 'guildAuthorised';

	public constructor(context: Precondition.LoaderContext) {
		super(context, guardOptions('guildAuthorised'));
	}
}
