import { expect, test } from 'vitest';
import type { MessageKey } from '#generated/messages.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import type { GuildHandle, UserDriver } from '../../emulator/driver/index.js';
import { loadDefinitions } from '../../scripts/commandList.js';
import { commandLine, peopleOf } from '../support/commandLines.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const modules = ['moderation', 'restrictions', 'roles', 'channelstate'];
/** They look something up about a person, or write among staff: about anybody, also who stands above. */
const lookUps = /^moderation\.(cases|modstats|note|warnlist|warnclear|jailed)|list$/;
const sayNo = loadLanguages().translator('en-US');

/** Whom it is tried on, by whom, and the answer that the ranks call for; null: nothing is said about ranks. */
const scenes = [
	['himself', 'mod', 'moderation:refusals.target-self'],
	['the bot', 'mod', 'moderation:refusals.target-bot'],
	['the owner', 'mod', 'moderation:refusals.target-owner'],
	['equal', 'mod', 'moderation:refusals.target-above-you'],
	['above', 'mod', 'moderation:refusals.target-above-you'],
	['above the bot', 'chief', 'moderation:refusals.target-above-me'],
	['below', 'mod', null]
] as const;
type Whom = (typeof scenes)[number][0];

interface Try {
	readonly leaf: Leaf;
	readonly flow: 'prefix' | 'slash';
	readonly whom: Whom;
	readonly by: 'mod' | 'chief';
	readonly sentence: MessageKey | null;
}

/** Somebody of the staff in a channel of his own: three commands there meet no cooldown. */
interface Desk {
	readonly guild: GuildHandle;
	readonly channel: { readonly id: string };
	readonly who: UserDriver;
	readonly by: Try['by'];
	readonly tries: Try[];
}

const perDesk = 3;
const staff = { mod: 12, chief: 3 };
const victims = 30;

/** A server whose roles stand, from below: Mods, Above, the bot, Over, Chiefs. */
async function serverOf(
	people: { staff: UserDriver[]; chiefs: UserDriver[]; equal: UserDriver; above: UserDriver; over: UserDriver },
	index: number
) {
	const desks = [...people.staff, ...people.chiefs];
	const channels = [...desks.map((_, at) => `desk-${index}-${at}`), { name: 'Voice', type: 2 }];
	const low = Array.from({ length: victims }, (_, at) => `low-${index}-${at}`);
	const rights = String(8);
	const guild = await shared.house.discord.guild({
		members: [...desks, people.equal, people.above, people.over, ...low],
		roles: [{ name: 'Guests' }, { name: 'Mods', permissions: rights }, { name: 'Above' }],
		channels
	});
	const { owner } = guild;
	const top = [];
	for (const name of ['Over', 'Chiefs']) top.push(Object(await owner.api.post(`/guilds/${guild.id}/roles`, { name, permissions: rights })));
	await owner.api.patch(
		`/guilds/${guild.id}/roles`,
		top.map(({ id }, at) => ({ id: String(id), position: 50 + at }))
	);
	const named = (name: string) => guild.roles.find((role) => role.name === name)?.id ?? '';
	const [over, chiefs] = top.map(({ id }) => String(id));
	const give = (who: UserDriver, role = '') => owner.api.put(`/guilds/${guild.id}/members/${who.id}/roles/${role}`);
	await Promise.all([
		...[...people.staff, people.equal].map((who) => give(who, named('Mods'))),
		give(people.above, named('Above')),
		give(people.over, over),
		...people.chiefs.map((who) => give(who, chiefs))
	]);
	return {
		guild,
		role: named('Guests'),
		low: guild.members.slice(-victims),
		desks: desks.map((who, at) => ({ who, channel: guild.channel(`desk-${index}-${at}`) }))
	};
}

/** Shows or tells something of somebody and does nothing to him; and what wants the name of a role: tests/e2e/roles has its ranks. */
const elsewhere = new Set(['moderation.moderate', 'moderation.report', 'roles.role']);

test('whoever is named: by prefix and by slash it is done only to those below who acts and below the bot', {
	timeout: 240_000
}, async () => {
	const { leaves } = await loadDefinitions();
	const aimed = leaves.filter((leaf) => modules.includes(leaf.module) && peopleOf(leaf).length > 0 && !elsewhere.has(leaf.id));
	expect(aimed.length).toBeGreaterThan(12);
	const tries: Try[] = aimed.flatMap((leaf) =>
		scenes.flatMap(([whom, by, sentence]) =>
			(['prefix', 'slash'] as const)
				// Roles are taken and given by somebody to himself too.
				.filter((flow) => (flow === 'prefix' || leaf.slash.length > 0) && !(leaf.module === 'roles' && whom === 'himself'))
				.map((flow) => ({ leaf, flow, whom, by, sentence: lookUps.test(leaf.id) ? null : sentence }))
		)
	);
	const some = (count: number, name: string) =>
		Promise.all(Array.from({ length: count }, (_, at) => shared.house.discord.user(`${name}-${at}`)));
	const [mods, chiefs, [equal, above, over]] = await Promise.all([some(staff.mod, 'mod'), some(staff.chief, 'chief'), some(3, 'other')]);
	if (!equal || !above || !over) throw new Error('Somebody is missing');
	const refusedTries = tries.filter(({ whom }) => whom !== 'below');
	const servers = Math.ceil(refusedTries.filter(({ by }) => by === 'mod').length / perDesk / staff.mod);
	const places: Awaited<ReturnType<typeof serverOf>>[] = [];
	for (let at = 0; at < servers; at += 1) places.push(await serverOf({ staff: mods, chiefs, equal, above, over }, at));
	const desks: Desk[] = places.flatMap(({ guild, desks: all }) =>
		all.map(({ who, channel }) => ({ guild, channel, who, by: mods.includes(who) ? ('mod' as const) : ('chief' as const), tries: [] }))
	);
	const wrong: string[] = [];
	let lowUsed = 0;
	const attempt = async ({ guild, channel, who }: Desk, { leaf, flow, whom, sentence }: Try) => {
		const place = places.find((one) => one.guild === guild);
		const person = {
			...{ himself: who, 'the owner': guild.owner, equal, above, 'above the bot': over },
			...{ 'the bot': { id: shared.house.discord.description.applicationId }, below: place?.low[lowUsed++ % victims] ?? equal }
		}[whom];
		const line = commandLine(leaf, {
			...{ person, role: { id: place?.role ?? '' }, channel, voice: guild.channel('Voice'), text: 'why' },
			optional: leaf.id === 'moderation.drag' ? ['channel'] : leaf.options.size > 1 ? ['rest', 'user'] : ['user']
		});
		const name = `${flow} ${leaf.id} at ${whom}`;
		if (line === null) return void wrong.push(`${name}: cannot be called by this test`);
		try {
			const text =
				flow === 'prefix' || line.slash === null
					? await typed(who, channel, line.typed)
					: (await who.slash(channel, line.slash.words, line.slash.options)).text;
			const ranks = scenes.flatMap(([, , key]) => (key === null ? [] : [sayNo(key)]));
			const isRight =
				sentence === null
					? text !== '' && (lookUps.test(leaf.id) || !ranks.some((no) => text.includes(no)))
					: text.includes(sayNo(sentence));
			if (!isRight) wrong.push(`${name}: ${text.slice(0, 200)}`);
		} catch (error) {
			wrong.push(`${name}: ${String(error).slice(0, 300)}`);
		}
	};
	const run = async (asked: readonly Try[]) => {
		for (const by of ['mod', 'chief'] as const) {
			const own = desks.filter((desk) => desk.by === by);
			for (const [at, one] of asked.filter((other) => other.by === by).entries()) own[at % own.length]?.tries.push(one);
		}
		const waiting = desks.filter((desk) => desk.tries.length > 0);
		await Promise.all(
			Array.from({ length: 8 }, async () => {
				for (let desk = waiting.pop(); desk !== undefined; desk = waiting.pop())
					for (const one of desk.tries.splice(0)) await attempt(desk, one);
			})
		);
	};

	const before = (await shared.house.discord.requests()).length;
	await run(refusedTries);
	expect(wrong).toEqual([]);
	const asked = (await shared.house.discord.requests()).slice(before);
	expect(asked.filter(changesSomebody).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
	const guildId = { in: places.map(({ guild }) => BigInt(guild.id)) };
	expect(await shared.db.moderationCase.groupBy({ by: ['type'], where: { guildId, type: { not: 'note' } } })).toEqual([]);

	await run(tries.filter(({ whom }) => whom === 'below'));
	expect(wrong).toEqual([]);
	const done = (await shared.house.discord.requests()).slice(before).filter(changesSomebody);
	const low = new Set(places.flatMap((place) => place.low.map(({ id }) => id)));
	expect(done.length).toBeGreaterThan(10);
	expect(done.filter(({ path }) => ![...low].some((id) => path.includes(id))).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

/** What changes people, roles or channels: everything but reading, answering, and telling. */
function changesSomebody({ method, path }: { method: string; path: string }): boolean {
	return (
		method !== 'GET' &&
		!/^\/(?:interactions|webhooks|applications)\/|^\/channels\/\d+\/(?:messages|typing)|^\/users\/@me\/channels/.test(path)
	);
}

async function typed(who: UserDriver, channel: { readonly id: string }, line: string): Promise<string> {
	await who.send(channel, `;${line}`);
	return (await who.expectMessage(channel, (message) => message.isBot)).text;
}
