import { expect } from 'vitest';
import type { GuildHandle, SeenMessage, UserDriver } from '../../../emulator/driver/index.js';
import { eventually } from '../../support/eventually.js';
import {
	answering,
	botMay,
	invite,
	isBanned,
	isMember,
	nickOf,
	restrictionPlace,
	restrictionsOf,
	unban
} from '../../support/restrictionPlace.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

const voiceOf = async ({ id, owner }: GuildHandle, user: { readonly id: string }) =>
	(await owner.api.object(`/guilds/${id}/voice-states/${user.id}`).catch(() => null))?.['channel_id'] ?? null;
const isIn = (guild: GuildHandle, user: UserDriver, channel: { readonly id: string }) => async () =>
	(await voiceOf(guild, user)) === channel.id;
const isGone = async (reader: UserDriver, message: SeenMessage) =>
	(await reader.messages(message.channelId)).every(({ id }) => id !== message.id);
const webhooksOf = async (owner: UserDriver, channel: { readonly id: string }) => {
	const all: unknown = await owner.api.get(`/channels/${channel.id}/webhooks`);
	return Array.isArray(all) ? all : [];
};

export function restrictionsStories(here: TogetherHouse): void {
	const place = () => restrictionPlace(here.house);

	here.story(
		'a hard-ban of somebody who never was here bans him when he comes; also when he was unbanned while the bot was down',
		async () => {
			const { guild, owner, cleo, general } = await place();
			const [eve, fay] = [await here.house.discord.user('eve'), await here.house.discord.user('fay')];
			for (const stranger of [eve, fay]) {
				await cleo.send(general, `;hardban ${stranger.id}`);
				await cleo.expectMessage(general, (message) => message.text.includes('was banned') && message.text.includes(stranger.name));
			}
			await here.crash(async () => {
				await unban(guild, owner, eve);
				await unban(guild, owner, fay);
				await fay.join(await invite(owner, general));
				expect(await isMember(guild, fay)).toBe(true);
			});
			await eventually('they are banned again', async () => (await isBanned(guild, eve)) && (await isBanned(guild, fay)));
			expect(await isMember(guild, fay)).toBe(false);
		}
	);

	here.story('the naughty corner gets its people back after a restart, and when it moves', async () => {
		const { guild, ana, cleo, dora, general, lounge, corner } = await place();
		await cleo.send(general, ';nc setup corner');
		await cleo.expectMessage(general, /is the naughty corner/);
		await cleo.send(general, `;nc add <@${ana.id}> 3h`);
		await cleo.expectMessage(general, /Until:/);
		await here.outage(() => ana.joinVoice(lounge));
		await eventually('she is there', isIn(guild, ana, corner));
		const moved = await dora.slash(general, 'restrict detention setup', { channel: lounge.id });
		expect(moved.text).toContain(`Before: <#${corner.id}>`);
		await eventually('she comes along', isIn(guild, ana, lounge));
		await here.hour();
		await eventually('her time is over', async () => (await restrictionsOf(here.house, guild)).length === 0);
		await ana.joinVoice(corner);
		expect(await voiceOf(guild, ana)).toBe(corner.id);
	});

	here.story(
		'a naughty corner whose channel was deleted is forgotten and told, at once and after a restart; its people are kept for the next one',
		async () => {
			const { guild, owner, ana, cleo, dora, general, log, lounge, corner } = await place();
			await cleo.send(general, ';nc setup corner');
			await cleo.expectMessage(general, /is the naughty corner/);
			await cleo.send(general, `;nc add <@${ana.id}>`);
			await cleo.expectMessage(general, /is in the naughty corner/);
			await owner.api.delete(`/channels/${corner.id}`);
			await owner.expectMessage(log, /The channel of the naughty corner was deleted/);
			await ana.joinVoice(lounge);
			expect(await voiceOf(guild, ana)).toBe(lounge.id);

			const made = Object(await owner.api.post(`/guilds/${guild.id}/channels`, { name: 'second', type: 2 }));
			await dora.slash(general, 'restrict detention setup', { channel: String(made.id) });
			await eventually('she is in the new one', isIn(guild, ana, { id: String(made.id) }));
			await here.outage(() => owner.api.delete(`/channels/${made.id}`));
			await eventually(
				'it was told again',
				async () => (await owner.messages(log)).filter(({ text }) => text.includes('was deleted')).length === 2
			);
			const config = await here.db.restrictionConfig.findUnique({ where: { guildId: BigInt(guild.id) } });
			expect(config).toMatchObject({ detentionChannelId: null });
		}
	);

	here.story('the autokick list works after a restart, and says once that the bot may not kick any more', async () => {
		const { guild, owner, cleo, general, log } = await place();
		const eve = await here.house.discord.user('eve');
		await cleo.send(general, `;autokick add ${eve.id}`);
		await cleo.expectMessage(general, /is kicked/);
		await here.crash();
		const code = await invite(owner, general);
		await eve.join(code);
		await eventually('she is out', async () => !(await isMember(guild, eve)));
		const kicks = async (wanted: number) =>
			(await here.house.discord.requests(({ path, status }) => path.endsWith(`/members/${eve.id}`) && status === wanted)).length;
		await botMay(guild, answering);
		for (let times = 1; times <= 5; times++) {
			await eve.join(code);
			if (times <= 3) await eventually('the bot was refused', async () => (await kicks(403)) === times);
			await eve.leave(guild.id);
		}
		await owner.expectMessage(log, /I cannot kick \*\*eve\*\*/);
		await eve.join(code);
		expect(await kicks(403)).toBe(3);
		expect((await owner.messages(log)).filter(({ text }) => text.includes('I cannot kick'))).toHaveLength(1);
	});

	here.story('a private server closes the door also to who takes no messages; its message can be taken away', async () => {
		const { guild, owner, cleo, general } = await place();
		const eve = await here.house.discord.user('eve');
		await here.house.discord.control('POST', '/account', { user_id: eve.id, accepts_dms: false });
		await cleo.send(general, ';private message Not now');
		await cleo.expectMessage(general, /is told: Not now/);
		await cleo.send(general, ';private enable');
		await cleo.expectMessage(general, /nobody may join until somebody is on the whitelist/);
		await here.crash();
		const code = await invite(owner, general);
		await eve.join(code);
		await eventually('she is out', async () => !(await isMember(guild, eve)));
		await owner.send(general, ';whitelist message Later');
		await owner.expectMessage(general, /is told: Later\n.*Before: Not now/);
		await owner.send(general, ';whitelist message none');
		await owner.expectMessage(general, /is told nothing any more/);
		await owner.send(general, ';private message none');
		await owner.expectMessage(general, /There is no message/);
	});

	here.story(
		'a silenced member may write again when the time is over, also when the bot was down; two who want it at once get it once',
		async () => {
			const { guild, owner, ana, cleo, dora, general } = await place();
			await Promise.all([cleo.send(general, `;shutup <@${ana.id}> 1h`), dora.send(general, `;shutup <@${ana.id}> 1h`)]);
			await owner.expectMessage(general, /is deleted from now on/);
			await owner.expectMessage(general, /is silenced already|may write again/);
			const rows = await restrictionsOf(here.house, guild);
			if (rows.length === 0) await cleo.slash(general, 'restrict silence toggle', { member: ana.id, duration: '1h' });
			await here.outage();
			await eventually('it is over', async () => (await restrictionsOf(here.house, guild)).length === 0);
			const free = await ana.send(general, ';ping');
			await ana.expectMessage(general, /Pong/);
			expect(await isGone(owner, free)).toBe(false);
		}
	);

	here.story(
		'a member who has to talk like a baby is heard in threads, after a restart, and when somebody deleted the webhook',
		async () => {
			const { owner, ana, bea, cleo, general } = await place();
			await cleo.slash(general, 'restrict uwu toggle', { member: ana.id });
			await ana.send(general, 'really');
			await bea.expectMessage(general, /weawwy/);
			const [first] = await webhooksOf(owner, general);
			await owner.api.delete(`/webhooks/${first.id}`);
			await ana.send(general, 'rollers');
			await bea.expectMessage(general, /wowwews/);
			expect(await webhooksOf(owner, general)).toHaveLength(1);
			await here.crash();
			const thread = Object(await owner.api.post(`/channels/${general.id}/threads`, { name: 'talk', type: 11 }));
			await ana.api.put(`/channels/${thread.id}/thread-members/@me`);
			await bea.api.put(`/channels/${thread.id}/thread-members/@me`);
			await ana.send(thread, 'really here');
			const heard = await bea.expectMessage(thread, /weawwy/);
			expect(heard.channelId).toBe(thread.id);
			expect(await webhooksOf(owner, general)).toHaveLength(1);
		}
	);

	here.story('a locked nickname survives a crash', async () => {
		const { guild, owner, ana, cleo, general } = await place();
		await cleo.send(general, `;forcenick <@${ana.id}> Ana`);
		await cleo.expectMessage(general, /is locked/);
		await here.crash();
		await owner.api.patch(`/guilds/${guild.id}/members/${ana.id}`, { nick: 'Other' });
		await eventually('it is set back', async () => (await nickOf(guild, ana)) === 'Ana');
		await ana.leave(guild.id);
		expect((await cleo.slash(general, 'restrict nick set', { member: ana.id })).text).toContain('may choose a nickname again');
		expect((await owner.slash(general, 'restrict nick clear')).text).toContain('No nickname is locked here');
	});
}
