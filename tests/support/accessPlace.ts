import type { UserDriver } from '../../emulator/driver/index.js';
import type { House } from './house.js';

type Place = Awaited<ReturnType<typeof accessPlace>>;

/** A server with two people who have no part in running the bot, and with those who run it. */
export async function accessPlace(
	{ discord }: House,
	runners: { readonly owner: UserDriver; readonly staff: UserDriver },
	spec: { readonly bot?: boolean; readonly roles?: { name: string }[] } = {}
) {
	const guild = await discord.guild({ members: ['ana', 'bea', runners.staff, runners.owner], channels: ['general', 'lounge'], ...spec });
	const [ana, bea] = guild.members;
	if (!ana || !bea) throw new Error('Nobody is there');
	return { guild, ana, bea, general: guild.channel('general'), lounge: guild.channel('lounge') };
}

/** Whether Discord counts the bot among the members. */
export async function botIn({ discord }: House, { guild }: Pick<Place, 'guild'>): Promise<boolean> {
	const { api, botToken } = discord.description;
	const answer = await fetch(`${api}/v10/users/@me/guilds`, { headers: { authorization: `Bot ${botToken}` } });
	return (await answer.text()).includes(`"${guild.id}"`);
}

/** Seen by the owner, or by `person`. */
export function botLeaves(
	{ discord }: House,
	{ guild }: { readonly guild: { readonly id: string; readonly owner: UserDriver } },
	person = guild.owner
): Promise<unknown> {
	return person.expectEvent(
		'GUILD_MEMBER_REMOVE',
		(data) => data['guild_id'] === guild.id && JSON.stringify(data['user']).includes(discord.description.applicationId),
		// As long as stories that are told side by side, and a start of the bot, may take.
		90_000
	);
}

/** Says it again while it is met with silence: the bot hears a moment after Discord that time has passed. */
export async function answered(person: UserDriver, channel: { id: string }, text: string, answer: RegExp): Promise<void> {
	for (let times = 1; times < 10; times += 1) {
		await person.send(channel, text);
		const came = await person.expectMessage(channel, answer, 1_000).catch(() => null);
		if (came !== null) return;
	}
	await person.send(channel, text);
	await person.expectMessage(channel, answer);
}
