import { eventually } from '../../support/eventually.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function rolesStories(here: TogetherHouse): void {
	here.story('a role for a time ends by itself, also over a kill, and is given back to who joins again', async () => {
		const guild = await here.house.discord.guild({ members: ['ana'], roles: [{ name: 'Helper' }] });
		const { owner } = guild;
		const [ana] = guild.members;
		const [helper] = guild.roles;
		if (!ana || !helper) throw new Error('The server is not complete');
		const general = guild.channel('general');
		const holds = async () => JSON.stringify(await owner.api.object(`/guilds/${guild.id}/members/${ana.id}`)).includes(helper.id);
		await owner.send(general, `;temprole <@${ana.id}> Helper 1h`);
		await owner.expectMessage(general, /Until:/);
		await ana.leave(guild.id);
		const invite = Object(await owner.api.post(`/channels/${general.id}/invites`, { max_uses: 1 }));
		await ana.join(String(invite.code));
		await eventually('the role is back', holds);
		await here.outage();
		await eventually('the role has ended', async () => !(await holds()));
		await eventually('nothing is kept', async () => (await here.db.temporaryRole.count({ where: { guildId: BigInt(guild.id) } })) === 0);
	});
}
