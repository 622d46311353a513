import type { Emulator } from '../../emulator/index.js';
import type { Actor, Answer, GatewayClient } from './conformanceClient.js';

interface Town {
	emulator: Emulator;
	gateway: GatewayClient;
	owner: Actor;
	bot: Actor;
	ana: Actor;
	guild: string;
	general: string;
}

function ok(answer: Answer): Answer {
	if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
	return answer;
}

const id = (answer: Answer): string => String(ok(answer).body.id);

/** Brings about the events that no request of a mere answer does. */
export async function askForEvents({ emulator, gateway, owner, bot, ana, guild, general }: Town): Promise<void> {
	const guildId = guild.split('/').at(-1);
	gateway.send(3, { status: 'idle', activities: [], since: 0, afk: false });
	gateway.send(8, { guild_id: guildId, query: '', limit: 0, presences: true, nonce: 'all' });
	await gateway.event('GUILD_MEMBERS_CHUNK');
	const trigger_metadata = { keyword_filter: ['zzz'] };
	ok(await owner.patch(`${guild}/auto-moderation/rules/${await enabledRule(owner, guild)}`, { trigger_metadata, enabled: true }));
	await ana.post(`/channels/${general}/messages`, { content: 'zzz' });
	await gateway.event('AUTO_MODERATION_ACTION_EXECUTION');
	const poll = { question: { text: 'a' }, answers: [{ poll_media: { text: 'b' } }] };
	const asked = id(await bot.post(`/channels/${general}/messages`, { poll }));
	for (const answer_ids of [[1], []]) ok(await ana.put(`/channels/${general}/polls/${asked}/answers/@me`, { answer_ids }));
	ok(await bot.delete(`/channels/${id(await owner.post(`/channels/${general}/threads`, { name: 'c', type: 11 }))}`));
	const event = id(await owner.post(`${guild}/scheduled-events`, eventIn(1)));
	ok(await ana.put(`${guild}/scheduled-events/${event}/users/@me`));
	ok(await ana.delete(`${guild}/scheduled-events/${event}/users/@me`));
	const other = emulator.discord.world.addApplication('Other', 'other', owner.id);
	ok(await owner.post(`/oauth2/authorize?client_id=${other.id}&scope=bot`, { guild_id: guildId, permissions: '0' }));
	await gateway.event('INTEGRATION_CREATE');
}

async function enabledRule(owner: Actor, guild: string): Promise<string> {
	const { list } = await owner.get(`${guild}/auto-moderation/rules`);
	return String(list.find(({ trigger_type }) => trigger_type === 1)?.id);
}

/** A scheduled event somewhere, in so many hours. */
export function eventIn(hours: number): object {
	const at = (later: number) => new Date(Date.now() + later * 3_600_000).toISOString();
	const entity_metadata = { location: 'Here' };
	return {
		name: 'Party',
		privacy_level: 2,
		entity_type: 3,
		entity_metadata,
		scheduled_start_time: at(hours),
		scheduled_end_time: at(hours + 1)
	};
}
