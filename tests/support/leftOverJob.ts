import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import type { SharedHouse } from './sharedHouse.js';

interface LeftOver {
	readonly guildId: string;
	readonly actor: UserDriver;
	/** Where its progress is shown. */
	readonly message: SeenMessage;
	readonly count: number;
}

/** Work of a module that a newer version of the bot has and this one has not: as it lies in the database after going back. Answers its id. */
export async function leftOverJob({ house, db }: SharedHouse, { guildId, actor, message, count }: LeftOver): Promise<number> {
	const at = new Date(await house.discord.clock.now());
	const job = await db.job.create({
		data: {
			kind: 'future.all',
			guildId: BigInt(guildId),
			channelId: BigInt(message.channelId),
			messageId: BigInt(message.id),
			actorId: BigInt(actor.id),
			locale: 'en-US',
			titleKey: 'jobs:cancel',
			titleValues: {},
			permission: 'ManageRoles',
			payload: {},
			total: count,
			startedAt: at,
			items: { create: Array.from({ length: count }, (_, index) => ({ position: index + 1, key: String(200 + index) })) }
		}
	});
	await db.scheduledTask.create({ data: { kind: 'jobRun', key: String(job.id), guildId: BigInt(guildId), dueAt: at } });
	return job.id;
}

/** A message of the bot, for such work to be shown in. */
export async function messageOfBot(person: UserDriver, channel: { readonly id: string }): Promise<SeenMessage> {
	await person.send(channel, ';prefix view');
	return person.expectMessage(channel, /prefix/i);
}
