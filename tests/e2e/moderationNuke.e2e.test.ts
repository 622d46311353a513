import { PermissionFlagsBits as Bits } from 'discord.js';
import { expect, test } from 'vitest';
import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { overwritesOf, setOverwrite } from '../support/overwrites.js';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, slashes } from '../support/staff.js';

const shared = sharedHouse();

interface Channel {
	readonly id: string;
	readonly name: string;
	readonly type: number;
	readonly position: number;
	readonly parent_id: string | null;
}

async function channelsOf({ id, owner }: GuildHandle): Promise<readonly Channel[]> {
	const list = (await owner.api.get(`/guilds/${id}/channels`)) as unknown[] as Channel[];
	return list.sort((left, right) => left.position - right.position || (left.id < right.id ? -1 : 1));
}

/** The one channel of that name; a second one is a fault. */
async function theOnly(guild: GuildHandle, name: string): Promise<Channel> {
	const named = (await channelsOf(guild)).filter((channel) => channel.name === name);
	expect(named).toHaveLength(1);
	const [one] = named;
	if (one === undefined) throw new Error(`There is no ${name}`);
	return one;
}

const asksWhether = /Delete \*\*#[\w-]+\*\* and make it anew in its place\?/;
const isFirst = ({ isBot, content, text }: SeenMessage) => isBot && content === 'first' && text.includes('Nuked by');

/** Says it, and presses the button. */
async function nukes(who: UserDriver, place: { readonly id: string }, line = ';nuke #general', button = 'Yes'): Promise<SeenMessage> {
	const question = await asks(who, place, line, asksWhether);
	await who.click(question, button);
	return question;
}

/** What a channel is like, apart from its id and what was written there. */
async function likenessOf(guild: GuildHandle, channel: { readonly id: string }) {
	const { name, type, topic, nsfw, rate_limit_per_user, parent_id, default_auto_archive_duration } = await guild.owner.api.object(
		`/channels/${channel.id}`
	);
	const rest = { name, type, topic, nsfw, rate_limit_per_user, parent_id, default_auto_archive_duration };
	return { ...rest, overwrites: await overwritesOf(guild, channel) };
}

test('the owner nukes #general: everybody finds the same channel in the same place, empty, and everything that named the old one has followed', async () => {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'bob', 'admin'],
		roles: [{ name: 'Admins', permissions: '8', holders: ['admin'] }],
		channels: ['welcome', 'general', 'staff', { name: 'Town', type: 4 }]
	});
	const { owner, members, id } = guild;
	const [ana, bob, admin] = members;
	if (!ana || !bob || !admin) throw new Error('The server is not complete');
	const [general, staff, welcome] = [guild.channel('general'), guild.channel('staff'), guild.channel('welcome')];
	const town = guild.channel('Town').id;
	for (const channel of [welcome, general, staff]) await owner.api.patch(`/channels/${channel.id}`, { parent_id: town });
	// Beside it in one position: Discord then sorts by age, and the new one would stand behind.
	const [{ position = 0 } = {}] = (await channelsOf(guild)).filter((channel) => channel.id === general.id);
	await owner.api.patch(`/channels/${staff.id}`, { position });
	const look = { topic: 'Talk here', rate_limit_per_user: 5, nsfw: true, default_auto_archive_duration: 1440 };
	await owner.api.patch(`/channels/${general.id}`, look);
	await setOverwrite(guild, general, id, 0, Bits.AddReactions, Bits.SendTTSMessages);
	await setOverwrite(guild, general, bob.id, 1, Bits.AttachFiles, 0n);
	const webhook = await owner.api.post(`/channels/${general.id}/webhooks`, { name: 'news' });
	const untouched = await overwritesOf(guild, general);

	await asks(owner, staff, ';modlog #general', /Cases are now shown here/);
	await asks(ana, general, ';remind 10m tea', /I will remind you/);
	await asks(admin, staff, ';disablemodule add afk #general', /afk/);
	await asks(owner, welcome, `;imute ${ana.mention} #general 1h`, /can no longer send pictures/);
	await asks(admin, staff, ';lock ignore #general', /general/);
	const before = await likenessOf(guild, general);
	const order = (await channelsOf(guild)).map(({ name }) => name);

	const question = await asks(owner, staff, ';nuke #general', asksWhether);
	for (const thing of ['the log channel of the cases', 'a reminder', 'a module that is off there', 'a lock or mute', 'no lock touches it'])
		expect(question.text).toContain(thing);
	// Another administrator may nuke it too, but not by this button.
	const pressed = await admin.click(question, 'Yes');
	expect(pressed).toMatchObject({ ephemeral: true });
	expect((await theOnly(guild, 'general')).id).toBe(general.id);
	const gone = bob.expectEvent('CHANNEL_DELETE', (channel) => channel['id'] === general.id);
	await owner.click(question, 'Yes');
	expect((await owner.expectMessage(staff, /\*\*#general\*\* was made anew/)).text).toMatch(/Case #2/);
	await gone;

	const clone = await theOnly(guild, 'general');
	expect(clone.id).not.toBe(general.id);
	expect(await likenessOf(guild, clone)).toEqual(before);
	expect((await channelsOf(guild)).map(({ name }) => name)).toEqual(order);
	const first = (await bob.messages(clone)).filter(isFirst);
	expect(first).toHaveLength(1);
	expect(first[0]?.text).toContain(owner.mention);
	expect(first[0]?.mentions).toEqual([]);

	// What the bot keeps.
	const channelId = BigInt(clone.id);
	const guildId = BigInt(id);
	expect(await shared.db.moderationConfig.findUnique({ where: { guildId } })).toMatchObject({ logChannelId: channelId });
	expect(await shared.db.reminder.findMany({ where: { guildId } })).toMatchObject([{ channelId, messageId: null }]);
	expect(await shared.db.disabledCommand.findMany({ where: { guildId } })).toMatchObject([{ channelId, name: 'afk' }]);
	expect(await shared.db.channelLock.findMany({ where: { guildId } })).toMatchObject([
		{ channelId, kind: 'images', userId: BigInt(ana.id) }
	]);
	expect(await shared.db.lockIgnore.findMany({ where: { guildId } })).toMatchObject([{ channelId }]);
	expect(await shared.db.moderationCase.findMany({ where: { guildId }, orderBy: { number: 'asc' } })).toMatchObject([
		{ number: 1, type: 'imute', channelId },
		{ number: 2, type: 'nuke', channelId, state: 'active' }
	]);
	expect(await shared.db.scheduledTask.count({ where: { guildId, kind: 'moderationFinish' } })).toBe(0);
	const changes = await shared.db.configChange.findMany({ where: { guildId, slot: 'moderation.config' }, orderBy: { id: 'asc' } });
	expect(changes.at(-1)).toMatchObject({ actorId: BigInt(owner.id), after: { logChannelId: clone.id } });

	// And how people notice.
	await eventually('its case stands in the new log', async () =>
		(await owner.messages(clone)).some(({ text }) => text.includes('Case #2 | Nuke') && text.includes(`<#${clone.id}>`))
	);
	await asks(owner, staff, `;ban ${bob.mention} spam`, /was banned/);
	await eventually('the next case too', async () => (await owner.messages(clone)).some(({ text }) => text.includes('Case #3 | Ban')));
	expect((await owner.messages(clone)).filter(({ text }) => text.includes('log channel was deleted'))).toEqual([]);
	await shared.house.passTime({ minutes: 10 });
	await ana.expectMessage(clone, ({ content }) => content.includes('tea'));
	const { id: hookId, token } = Object(webhook);
	await owner.api.post(`/webhooks/${String(hookId)}/${String(token)}?wait=true`, { content: 'still here' });
	expect((await ana.messages(clone)).some(({ content }) => content === 'still here')).toBe(true);
	await shared.house.passTime({ minutes: 55 });
	await eventually('the mute ends in the new channel', async () => (await shared.db.channelLock.count({ where: { guildId } })) === 0);
	expect(await overwritesOf(guild, clone)).toEqual(untouched);
});

test('by slash, in the channel itself: the first message of the new one is the answer, and everybody else goes on there', async () => {
	const guild = await shared.house.discord.guild({ members: ['ana'], channels: ['general', 'art'] });
	const { owner, members } = guild;
	const [ana] = members;
	if (!ana) throw new Error('The server is not complete');
	const general = guild.channel('general');
	await ana.send(general, 'hello');
	const question = await owner.slash(general, 'mod nuke');
	expect(question.text).toMatch(asksWhether);
	if (question.message === null) throw new Error('There is no question');
	await owner.click(question.message, 'Yes');
	await eventually('it is gone', async () => !(await channelsOf(guild)).some(({ id }) => id === general.id));
	const clone = await theOnly(guild, 'general');
	await eventually('the new one says so', async () => (await ana.messages(clone)).filter(isFirst).length === 1);
	await asks(ana, clone, ';uptime', /since|up/i);
	const cases = () => shared.db.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'nuke' } });
	await eventually('its case is written', async () => (await cases()) === 1);

	// Once in 30 seconds in a server, whoever asks.
	const early = await owner.slash(clone, 'mod nuke', { channel: guild.channel('art').id });
	expect(early.text).toMatch(/Slow down/);
	expect(early.ephemeral).toBe(true);
});

test('who says no, or may not, changes nothing', async () => {
	const guild = await shared.house.discord.guild({
		members: ['ana', 'manager'],
		roles: [{ name: 'M', permissions: '16', holders: ['manager'] }]
	});
	const { owner, members } = guild;
	const [ana, manager] = members;
	if (!ana || !manager) throw new Error('The server is not complete');
	const general = guild.channel('general');
	await asks(ana, general, ';nuke', /You need these permissions for that: Administrator/);
	await asks(manager, general, ';nuke', /You need these permissions for that: Administrator/);
	const question = await nukes(owner, general, ';nuke', 'No');
	expect((await owner.read(question)).text).toMatch(asksWhether);
	expect((await theOnly(guild, 'general')).id).toBe(general.id);
	expect(await shared.db.moderationCase.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
	expect(await shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id) } })).toBe(0);
});

test('a category is refused, with the reason', async () => {
	const guild = await shared.house.discord.guild({ channels: ['general', { name: 'place', type: 4 }] });
	await asks(guild.owner, guild.channel('general'), ';nuke place', /\*\*#place\*\* cannot be made anew/);
});

test('a voice channel is made anew with its seats, its sound and its place; who talks there goes on talking', async () => {
	const guild = await shared.house.discord.guild({
		members: ['ana'],
		channels: ['general', { name: 'Lounge', type: 2 }, { name: 'Attic', type: 2 }]
	});
	const { owner, members, id } = guild;
	const [ana] = members;
	if (!ana) throw new Error('The server is not complete');
	const [general, lounge, attic] = [guild.channel('general'), guild.channel('Lounge'), guild.channel('Attic')];
	const [{ position = 0 } = {}] = (await channelsOf(guild)).filter((channel) => channel.id === lounge.id);
	await owner.api.patch(`/channels/${attic.id}`, { position });
	await owner.api.patch(`/channels/${lounge.id}`, {
		...{ bitrate: 32_000, user_limit: 7, rtc_region: 'rotterdam', video_quality_mode: 2, nsfw: true, rate_limit_per_user: 5 }
	});
	await setOverwrite(guild, lounge, id, 0, 0n, Bits.Speak);
	await owner.api.patch(`/guilds/${id}`, { afk_channel_id: lounge.id });
	const look = async ({ id: channelId }: { readonly id: string }) => {
		const { type, bitrate, user_limit, rtc_region, video_quality_mode, nsfw, rate_limit_per_user } = await owner.api.object(
			`/channels/${channelId}`
		);
		return { type, bitrate, user_limit, rtc_region, video_quality_mode, nsfw, rate_limit_per_user };
	};
	const before = { look: await look(lounge), overwrites: await overwritesOf(guild, lounge) };
	const order = (await channelsOf(guild)).map(({ name }) => name);
	await ana.joinVoice({ ...lounge, guildId: id });
	const question = await nukes(owner, general, ';nuke Lounge');
	expect(question.text).toContain('the AFK channel of the server');
	expect(question.text).toContain('Whoever talks there is moved');
	await owner.expectMessage(general, /\*\*#Lounge\*\* was made anew/);
	const clone = await theOnly(guild, 'Lounge');
	expect(clone.id).not.toBe(lounge.id);
	expect({ look: await look(clone), overwrites: await overwritesOf(guild, clone) }).toEqual(before);
	expect((await channelsOf(guild)).map(({ name }) => name)).toEqual(order);
	expect(await owner.api.object(`/guilds/${id}`)).toMatchObject({ afk_channel_id: clone.id });
	expect(await owner.api.object(`/guilds/${id}/voice-states/${ana.id}`)).toMatchObject({ channel_id: clone.id });
	expect((await owner.messages(clone)).filter(isFirst)).toHaveLength(1);
});

test('a stage is made anew by slash, and a forum with its tags, its rules for posts and a first post', async () => {
	const guild = await shared.house.discord.guild({
		channels: ['general', { name: 'Stage', type: 13 }, { name: 'help', type: 15 }]
	});
	const { owner, id } = guild;
	const [general, stage, help] = [guild.channel('general'), guild.channel('Stage'), guild.channel('help')];
	const forum = {
		...{ topic: 'Ask kindly', flags: 16, default_sort_order: 1, default_forum_layout: 2, rate_limit_per_user: 30 },
		...{ default_thread_rate_limit_per_user: 10, default_auto_archive_duration: 4320, default_reaction_emoji: { emoji_name: '👍' } },
		available_tags: [
			{ name: 'staff', moderated: true },
			{ name: 'bug', moderated: false, emoji_name: '🐛' }
		]
	};
	await owner.api.patch(`/channels/${help.id}`, forum);
	const post = { name: 'How?', message: { content: 'How?' } };
	const tags = (await owner.api.object(`/channels/${help.id}`))['available_tags'];
	await owner.api.post(`/channels/${help.id}/threads`, { ...post, applied_tags: [String(Object((tags as unknown[])[1]).id)] });
	const question = await nukes(owner, general, ';nuke help');
	expect(question.text).toContain('It has a post');
	await owner.expectMessage(general, /\*\*#help\*\* was made anew/);
	const clone = await theOnly(guild, 'help');
	expect(clone.id).not.toBe(help.id);
	const { default_reaction_emoji, available_tags, ...rest } = forum;
	const made = await owner.api.object(`/channels/${clone.id}`);
	expect(made).toMatchObject(rest);
	expect(made['default_reaction_emoji']).toMatchObject(default_reaction_emoji);
	expect(made['available_tags']).toMatchObject(available_tags);
	const posts = async () => Object(await owner.api.object(`/guilds/${id}/threads/active`)).threads as Record<string, unknown>[];
	await eventually('its first post is there', async () => (await posts()).filter(({ parent_id }) => parent_id === clone.id).length === 1);
	const [first] = (await posts()).filter(({ parent_id }) => parent_id === clone.id);
	expect(first).toMatchObject({ name: 'first' });
	expect((await owner.messages({ id: String(first?.['id']) })).filter(isFirst)).toHaveLength(1);

	await shared.house.passTime({ seconds: 40 });
	const asked = await slashes(owner, general, 'mod nuke', { channel: stage.id });
	if (asked.message === null) throw new Error('There is no question');
	await owner.click(asked.message, 'Yes');
	await eventually('the stage is another one', async () => (await theOnly(guild, 'Stage').catch(() => stage)).id !== stage.id);
	expect(await theOnly(guild, 'Stage')).toMatchObject({ type: 13 });
});

test('rules of AutoMod, the onboarding and the widget of the server name the new channel afterwards', async () => {
	const guild = await shared.house.discord.guild({ channels: ['general', 'rules', 'alerts', 'art'] });
	const { owner, id } = guild;
	const [general, art, alerts] = [guild.channel('general'), guild.channel('art'), guild.channel('alerts')];
	const rule = { event_type: 1, trigger_type: 1, trigger_metadata: { keyword_filter: ['x'] }, enabled: true };
	const exempt = await owner.api.post(`/guilds/${id}/auto-moderation/rules`, {
		...{ ...rule, name: 'exempt', exempt_channels: [general.id, art.id] },
		actions: [{ type: 2, metadata: { channel_id: alerts.id } }]
	});
	const alert = await owner.api.post(`/guilds/${id}/auto-moderation/rules`, {
		...{ ...rule, name: 'alert', exempt_channels: [general.id] },
		actions: [
			{ type: 1, metadata: { custom_message: 'No' } },
			{ type: 2, metadata: { channel_id: art.id } }
		]
	});
	const answer = { title: 'Art', description: 'I paint', emoji_name: '🎨', role_ids: [], channel_ids: [art.id, general.id] };
	await owner.api.put(`/guilds/${id}/onboarding`, {
		...{ enabled: true, mode: 1, default_channel_ids: [general.id, art.id] },
		prompts: [
			{ id: '1', title: 'What do you like?', type: 0, single_select: false, required: true, in_onboarding: true, options: [answer] }
		]
	});
	await owner.api.patch(`/guilds/${id}/widget`, { enabled: true, channel_id: art.id });
	const before = await owner.api.object(`/guilds/${id}/onboarding`);
	const question = await nukes(owner, general, ';nuke #art');
	for (const thing of ['2 rules of AutoMod', 'the onboarding of new members', 'the widget of the server'])
		expect(question.text).toContain(thing);
	await owner.expectMessage(general, /\*\*#art\*\* was made anew/);
	const clone = await theOnly(guild, 'art');
	expect(clone.id).not.toBe(art.id);
	const ruleNow = (one: unknown) => owner.api.object(`/guilds/${id}/auto-moderation/rules/${String(Object(one).id)}`);
	expect(await ruleNow(exempt)).toMatchObject({
		exempt_channels: [general.id, clone.id],
		actions: [{ metadata: { channel_id: alerts.id } }]
	});
	expect(await ruleNow(alert)).toMatchObject({
		exempt_channels: [general.id],
		actions: [
			{ type: 1, metadata: { custom_message: 'No' } },
			{ type: 2, metadata: { channel_id: clone.id } }
		]
	});
	const renamed = JSON.parse(JSON.stringify(before).replaceAll(art.id, clone.id)) as object;
	expect(await owner.api.object(`/guilds/${id}/onboarding`)).toEqual(renamed);
	expect(await owner.api.object(`/guilds/${id}/widget`)).toEqual({ enabled: true, channel_id: clone.id });
});

test('what the bot lacks is said before anything is asked: in the server, in that channel, and for permissions that it could not set again', async () => {
	const talks = Bits.ViewChannel | Bits.SendMessages | Bits.EmbedLinks | Bits.ReadMessageHistory;
	const without = await shared.house.discord.guild({ botPermissions: String(talks) });
	await asks(without.owner, without.channel('general'), ';nuke', /I need these permissions[^:]*: Manage Channels/);

	const there = await shared.house.discord.guild({ channels: ['general', 'art'], botPermissions: String(talks | Bits.ManageChannels) });
	await setOverwrite(there, there.channel('art'), there.id, 0, 0n, Bits.ManageChannels);
	await asks(there.owner, there.channel('general'), ';nuke #art', /I need these permissions: Manage Channels/);

	const exact = await shared.house.discord.guild({ channels: ['general', 'art'], botPermissions: String(talks | Bits.ManageChannels) });
	await setOverwrite(exact, exact.channel('art'), exact.id, 0, 0n, Bits.ManageWebhooks);
	await asks(exact.owner, exact.channel('general'), ';nuke #art', /I need these permissions: Manage Webhooks/);
	expect(
		await shared.db.moderationCase.count({ where: { type: 'nuke', guildId: { in: [without.id, there.id, exact.id].map(BigInt) } } })
	).toBe(0);
});

test('what a community server needs is taken over by the new channel first, and the question says so, threads and followers too', async () => {
	const guild = await shared.house.discord.guild({ channels: ['general', { name: 'news', type: 5 }] });
	const { owner, id } = guild;
	const [general, news] = [guild.channel('general'), guild.channel('news')];
	const uses = { rules_channel_id: news.id, public_updates_channel_id: news.id, system_channel_id: news.id };
	await owner.api.patch(`/guilds/${id}`, { ...uses, features: ['COMMUNITY'] });
	await owner.api.post(`/channels/${news.id}/threads`, { name: 'about it', type: 10, auto_archive_duration: 60 });
	await expect(owner.api.delete(`/channels/${news.id}`)).rejects.toThrow();
	const question = await nukes(owner, general, ';nuke #news');
	for (const line of [
		'the rules channel',
		'system messages',
		'a community server needs',
		'It has a thread',
		'Other servers that follow it'
	])
		expect(question.text).toContain(line);
	await owner.expectMessage(general, /\*\*#news\*\* was made anew/);
	const clone = await theOnly(guild, 'news');
	expect(clone).toMatchObject({ type: 5 });
	expect(clone.id).not.toBe(news.id);
	expect(await owner.api.object(`/guilds/${id}`)).toMatchObject(Object.fromEntries(Object.keys(uses).map((key) => [key, clone.id])));

	const poor = await shared.house.discord.guild({
		channels: ['general', 'rules'],
		botPermissions: String(Bits.ViewChannel | Bits.SendMessages | Bits.EmbedLinks | Bits.ReadMessageHistory | Bits.ManageChannels)
	});
	await poor.owner.api.patch(`/guilds/${poor.id}`, { rules_channel_id: poor.channel('rules').id });
	await asks(poor.owner, poor.channel('general'), ';nuke #rules', /I need these permissions: Manage Server/);
});

test('Discord refuses in the middle: what was done stays, nothing points to the old channel, and who asked is told what is left', async () => {
	const guild = await shared.house.discord.guild({ channels: ['general', 'staff'] });
	const { owner } = guild;
	const [general, staff] = [guild.channel('general'), guild.channel('staff')];
	await owner.api.post(`/channels/${general.id}/webhooks`, { name: 'news' });
	await asks(owner, staff, ';modlog #general', /Cases are now shown here/);
	await shared.house.discord.faults.rest('status', { method: 'PATCH', path: '/webhooks/', status: 403 });
	await shared.house.discord.faults.rest('status', { method: 'DELETE', path: `/channels/${general.id}$`, status: 403 });
	await nukes(owner, staff);
	const told = await owner.expectMessage(staff, /\*\*#general\*\* was made anew/);
	expect(told.text).toContain('did not let me move a webhook');
	expect(told.text).toContain(`did not let me delete the old channel: <#${general.id}>`);
	const named = (await channelsOf(guild)).filter(({ name }) => name === 'general');
	expect(named).toHaveLength(2);
	const clone = named.find(({ id }) => id !== general.id);
	expect(await shared.db.moderationConfig.findUnique({ where: { guildId: BigInt(guild.id) } })).toMatchObject({
		logChannelId: BigInt(clone?.id ?? 0)
	});
	await owner.api.delete(`/channels/${general.id}`);
	await asks(owner, staff, ';modlog', new RegExp(`<#${clone?.id}>`));
});

test('an answer of Discord that is lost on the way leaves one channel, not two', async () => {
	const guild = await shared.house.discord.guild({ channels: ['general', 'staff'] });
	const { owner } = guild;
	const [general, staff] = [guild.channel('general'), guild.channel('staff')];
	await shared.house.discord.faults.rest('lost-answer', { method: 'POST', path: `/guilds/${guild.id}/channels$` });
	await nukes(owner, staff);
	await owner.expectMessage(staff, (message) => message.isBot && /was made anew|Discord has trouble/.test(message.text));
	await shared.house.passTime({ minutes: 2 });
	await eventually('it is finished', async () => (await shared.db.scheduledTask.count({ where: { guildId: BigInt(guild.id) } })) === 0);
	const clone = await theOnly(guild, 'general');
	expect(clone.id).not.toBe(general.id);
	expect((await owner.messages(clone)).filter(isFirst)).toHaveLength(1);
	expect(await shared.db.moderationCase.count({ where: { guildId: BigInt(guild.id), type: 'nuke' } })).toBe(1);
});
