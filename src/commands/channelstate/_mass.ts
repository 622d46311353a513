import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import type { Accepted, Outcome } from '#lib/core/outcome.js';
import { refusal } from '#lib/errors/refusal.js';
import type { MassDeed } from '#modules/channelstate/domain/mass.js';
import { askMass } from '#modules/channelstate/view/mass.js';
import { performedOf } from '#modules/moderation/answer.js';

export interface MassCall {
	/** Whom it is about; nobody: everybody. */
	readonly user?: { readonly id: string; readonly username: string };
	readonly reason?: string | null;
	readonly notice?: boolean;
}

/** Asks, showing how many channels it will be, and starts the work. */
export async function startMass(context: CommandContext<'guild'>, deed: MassDeed, call: MassCall = {}): Promise<void> {
	const { channelstate, moderation } = container.services;
	const { mass, access } = channelstate;
	const { user, reason = null, notice = false } = call;
	const [guildId, userId] = [context.guild.id, user?.id ?? null];
	const order = { type: deed.type, guildId, targetId: userId, actorId: context.user.id, reason };
	const judge = async () => void performedOf(await moderation.moderation.judge(order));
	await judge();
	const channelIds = given(await mass.plan({ guildId, deed, userId }));
	const sure = await context.confirm({
		...askMass(deed, channelIds.length, user?.username ?? ''),
		async recheck() {
			given(await access({ guildId, userId: context.user.id, channelId: context.channelId, command: deed.command }));
			await judge();
		}
	});
	if (!sure) return;
	// Channels may have come and gone while he thought.
	const now = given(await mass.plan({ guildId, deed, userId }));
	await container.jobs.startFrom(context, mass.jobOf(deed, now, { reason, notice, userId, username: user?.username ?? null }));
}

/** @throws the refusal */
function given<T>(outcome: Outcome<T>): Accepted<T>['value'] {
	if (!outcome.ok) throw refusal('channelstate', outcome.code, outcome.values);
	return outcome.value;
}
