import { eventually } from '../../support/eventually.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function fakepermissionsStories(here: TogetherHouse): void {
	here.story('a deleted role takes its permissions along, and everybody’s role never gets any', async () => {
		const guild = await here.house.discord.guild({ roles: [{ name: 'Helpers' }, { name: 'Guests' }] });
		const [helpers, guests] = guild.roles;
		if (!helpers || !guests) throw new Error('The server is not complete');
		const { owner } = guild;
		const general = guild.channel('general');
		for (const name of ['Helpers', 'Guests']) {
			await owner.send(general, `;fp add ${name} ban_members`);
			await owner.expectMessage(general, /has this with me now/);
		}
		await owner.send(general, `;fp add ${guild.id} ban_members`);
		await owner.expectMessage(general, 'Everybody in the server has that role. Pick another one.');

		const rolesLeft = async () =>
			(await here.db.fakePermission.findMany({ where: { guildId: BigInt(guild.id) } })).map((row) => `${row.roleId}`);
		await owner.api.delete(`/guilds/${guild.id}/roles/${helpers.id}`);
		await eventually('its permissions are gone', async () => (await rolesLeft()).join() === guests.id);

		// One that is deleted while the bot is away is forgotten when it comes back.
		await here.end(() => owner.api.delete(`/guilds/${guild.id}/roles/${guests.id}`));
		await eventually('the other one is forgotten', async () => (await rolesLeft()).length === 0);
	});
}
