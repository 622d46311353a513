import { expect, test } from 'vitest';
import { sharedHouse } from '../support/sharedHouse.js';
import { asks, type StaffedServer, slashes, staffedServer } from '../support/staff.js';

const shared = sharedHouse();
const voice = 2;

const db = async () => shared.db;

async function lounge(...people: string[]) {
	const channels = ['general', 'office', { name: 'Lounge', type: voice }, { name: 'Stage', type: voice }];
	const server = await staffedServer(shared.house, people, { channels });
	const [first, second] = [server.guild.channel('Lounge'), server.guild.channel('Stage')];
	for (const name of people) await server.person(name).joinVoice(first);
	return { ...server, lounge: first, stage: second };
}

/** As Discord has him in voice; null when he is in no channel. */
async function voiceOf({ id, owner }: StaffedServer, who: { id: string }): Promise<Record<string, unknown> | null> {
	try {
		return Object(await owner.api.get(`/guilds/${id}/voice-states/${who.id}`)) as Record<string, unknown>;
	} catch (error) {
		expect(String(error)).toContain('10065');
		return null;
	}
}

test('muted and deafened in voice, and taken back; refused for who is in no channel or is so already', async () => {
	const server = await lounge('ana', 'bea');
	const { max, mia, admin, general } = server;
	const [ana, bea] = [server.person('ana'), server.person('bea')];

	const muted = await asks(max, general, `;voicemute ${ana.mention} noise`, /\*\*ana\*\* is muted in voice/);
	expect(muted.text).toContain('Case #1');
	expect(await voiceOf(server, ana)).toMatchObject({ mute: true });
	await asks(max, general, `;vcmute ${ana.mention}`, /muted in voice already/);
	await mia.click(muted, 'Undo');
	await expect.poll(() => voiceOf(server, ana)).toMatchObject({ mute: false });
	expect((await mia.slash(general, 'mod voice unmute', { member: ana.id })).text).toContain('is not muted in voice');
	expect((await mia.slash(general, 'mod voice mute', { member: ana.id, reason: 'again' })).text).toContain('is muted in voice');
	await asks(max, general, `;vcunmute ${ana.mention}`, /may speak in voice again/);

	await asks(admin, general, `;voicedeafen ${bea.mention}`, /\*\*bea\*\* is deafened in voice/);
	expect(await voiceOf(server, bea)).toMatchObject({ deaf: true });
	expect((await admin.slash(general, 'mod voice undeafen', { member: bea.id })).text).toContain('can hear in voice again');
	expect(await voiceOf(server, bea)).toMatchObject({ deaf: false });
	const [office, { owner }] = [server.guild.channel('office'), server];
	expect((await slashes(owner, office, 'mod voice deafen', { member: ana.id, reason: 'asleep' })).text).toContain('is deafened in voice');
	expect(await voiceOf(server, ana)).toMatchObject({ deaf: true });
	await asks(bea, office, `;voiceundeafen ${ana.mention}`, /You need these permissions for that: Deafen Members/);
	await expect(bea.slash(office, 'mod voice deafen', { member: ana.id })).resolves.toMatchObject({
		ephemeral: true,
		text: expect.stringContaining('You need these permissions for that: Deafen Members')
	});
	await asks(owner, office, `;voiceundeafen ${ana.mention}`, /can hear in voice again/);
	expect(await voiceOf(server, ana)).toMatchObject({ deaf: false });
	await bea.leaveVoice(server.id);
	await asks(admin, general, `;voicedeafen ${bea.mention}`, /\*\*bea\*\* is in no voice channel/);

	await asks(ana, general, `;voicemute ${bea.mention}`, /You need these permissions for that: Mute Members/);
	const states = (await (await db()).moderationCase.findMany({ where: { guildId: BigInt(server.id) }, orderBy: { number: 'asc' } })).map(
		({ type, state }) => `${type} ${state}`
	);
	expect(states).toEqual([
		...['voicemute undone', 'voiceunmute active', 'voicemute undone', 'voiceunmute active'],
		...['voicedeafen undone', 'voiceundeafen active', 'voicedeafen undone', 'voiceundeafen active']
	]);
});

test('put out of voice, and taken along into another channel: each is told of what could not be', async () => {
	const server = await lounge('ana', 'bea', 'cleo');
	const { max, mia, owner, general, stage } = server;
	const [ana, bea, cleo] = [server.person('ana'), server.person('bea'), server.person('cleo')];
	await asks(max, general, `;voicekick ${cleo.mention} loud`, /\*\*cleo\*\* was put out of the voice channel/);
	expect(await voiceOf(server, cleo)).toBeNull();

	await asks(max, general, `;drag ${ana.mention} ${bea.mention}`, /Join a voice channel, or tell me one/);
	const dragged = await asks(max, general, `;drag ${ana.mention} ${bea.mention} ${cleo.mention} <#${stage.id}>`, /Moved to/);
	expect(dragged.text).toMatch(/Moved to <#\d+>: ana, bea\.[\s\S]*\*\*cleo\*\*: \*\*cleo\*\* is in no voice channel/);
	expect(await voiceOf(server, ana)).toMatchObject({ channel_id: stage.id });

	await mia.joinVoice(server.lounge);
	expect((await mia.slash(general, 'mod voice drag', { members: `${ana.mention} ${bea.id}` })).text).toContain('ana, bea');
	expect(await voiceOf(server, bea)).toMatchObject({ channel_id: server.lounge.id });
	expect((await mia.slash(general, 'mod voice kick', { member: ana.id })).text).toContain('was put out');

	// The channel by its id, and a word that is neither a person nor a channel.
	await asks(max, general, `;drag bea ${stage.id}`, /Moved to <#\d+>: bea/);
	await asks(max, general, ';drag bea nowhere', /could not find the member `nowhere`/);

	await owner.api.put(`/channels/${stage.id}/permissions/${server.role('Mods').id}`, { type: 0, allow: '0', deny: String(1n << 20n) });
	await expect
		.poll(async () => (await mia.slash(general, 'mod voice drag', { members: bea.mention, channel: stage.id })).text)
		.toMatch(/You may not join|Slow down/);
	await asks(ana, general, `;drag ${bea.mention} <#${server.lounge.id}>`, /You need these permissions for that: Move Members/);
});

test('a nickname is given and taken away, within the limits of Discord and of ranks', async () => {
	const server = await staffedServer(shared.house, ['ana']);
	const { max, mia, admin, general } = server;
	const ana = server.person('ana');
	await asks(max, general, `;nick ${ana.mention} The Quiet One`, /nickname of \*\*ana\*\* was changed/);
	expect(await server.member(ana)).toMatchObject({ nick: 'The Quiet One' });
	await asks(max, general, `;setnick ${ana.mention} The Quiet One`, /is called `The Quiet One` already/);
	await asks(max, general, `;nickname ${ana.mention} ${'x'.repeat(33)}`, /32 characters at most/);
	expect((await mia.slash(general, 'mod nickname', { member: ana.id })).text).toContain('was changed');
	expect(await server.member(ana)).toMatchObject({ nick: null });
	expect((await mia.slash(general, 'mod nickname', { member: ana.id })).text).toContain('has no nickname');
	await asks(mia, general, `;nick ${admin.mention} Boss`, /role as high as yours or higher/);
	await asks(ana, general, `;nick ${max.mention} Boss`, /You need these permissions for that: Manage Nicknames/);
});

test('who may not speak is listed for everybody, also who was muted by hand', async () => {
	const server = await staffedServer(shared.house, ['ana', 'bea', 'cleo']);
	const { max, mia, owner, general } = server;
	const [ana, bea, cleo] = [server.person('ana'), server.person('bea'), server.person('cleo')];
	await asks(cleo, general, ';muted', /Everybody may speak/);
	await asks(max, general, `;mute ${ana.mention} 2h`, /is muted/);
	const until = new Date((await shared.house.discord.clock.now()) + 3_600_000).toISOString();
	await owner.api.patch(`/guilds/${server.id}/members/${bea.id}`, { communication_disabled_until: until });
	const list = await asks(mia, general, ';muted', /2 members may not speak/);
	expect(list.text).toMatch(new RegExp(`${bea.id}>: ends <t:\\d+:R>[\\s\\S]*${ana.id}>: ends`));
	expect(list.mentions).toEqual([]);
	expect((await server.admin.slash(general, 'mod muted')).text).toContain('2 members may not speak');
});
