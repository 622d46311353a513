import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { isBanned, nickOf, restrictionPlace, unban } from '../support/restrictionPlace.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

/** What was laid on somebody is looked after once, soon after; from then on, only when an event or a new session tells. */
async function lookedAfter({ id }: { readonly id: string }): Promise<void> {
	await shared.house.passTime({ seconds: 6 });
	const waiting = () => shared.db.scheduledTask.count({ where: { guildId: BigInt(id), kind: 'restrictionsKeep' } });
	await eventually('nothing is left to look after', async () => (await waiting()) === 0);
}

test('what was undone while no event came is done again in a new session, without a restart', async () => {
	const { faults } = shared.house.discord;
	const { guild, owner, ana, bea, cleo, dora, general, lounge, corner } = await restrictionPlace(shared.house);
	const isIn = (channel: { readonly id: string }) => async () =>
		(await owner.api.object(`/guilds/${guild.id}/voice-states/${bea.id}`))['channel_id'] === channel.id;
	await cleo.send(general, `;hardban <@${ana.id}>`);
	await cleo.expectMessage(general, /was banned/);
	await cleo.send(general, ';nc setup corner');
	await cleo.expectMessage(general, /is the naughty corner/);
	await dora.send(general, `;nc add <@${bea.id}>`);
	await dora.expectMessage(general, /is in the naughty corner/);
	await lookedAfter(guild);
	await faults.gateway('spoil', { fate: 'lose-for-good', types: ['GUILD_BAN_REMOVE', 'VOICE_STATE_UPDATE'], times: -1 });
	await unban(guild, owner, ana);
	await bea.joinVoice(lounge);
	expect(await isIn(lounge)()).toBe(true);
	expect(await isBanned(guild, ana)).toBe(false);
	await faults.clear();
	await faults.gateway('invalidate', { resumable: false });
	await eventually('she is banned again', () => isBanned(guild, ana), 20_000);
	await eventually('she is back in the corner', isIn(corner), 20_000);
});

test('a locked nickname that was changed while no event came is set back in a new session', async () => {
	const { faults } = shared.house.discord;
	const { guild, owner, ana, cleo, general } = await restrictionPlace(shared.house);
	await cleo.send(general, `;forcenick <@${ana.id}> Ana Banana`);
	await cleo.expectMessage(general, /is locked to/);
	await lookedAfter(guild);
	await faults.gateway('spoil', { fate: 'lose-for-good', types: ['GUILD_MEMBER_UPDATE'], times: -1 });
	await owner.api.patch(`/guilds/${guild.id}/members/${ana.id}`, { nick: 'Free' });
	expect(await nickOf(guild, ana)).toBe('Free');
	await faults.clear();
	await faults.gateway('invalidate', { resumable: false });
	await eventually('it is set back', async () => (await nickOf(guild, ana)) === 'Ana Banana', 20_000);
});
