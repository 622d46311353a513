import { expect, test } from 'vitest';
import { asObject, asObjects } from '../../emulator/driver/api.js';
import { ClientRefusal, type GuildHandle, type UserDriver } from '../../emulator/driver/index.js';
import type { Json } from '../../emulator/state/types.js';
import { loadDefinitions } from '../../scripts/commandList.js';
import { commandLine } from '../support/commandLines.js';
import { configureModeration } from '../support/moderationConfig.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

const staff = 24;
const perDesk = 3;

/** What somebody writes who wants others to be pinged, led astray, or the bot to fall over. */
function payloads({ id, owner, roles }: GuildHandle): readonly string[] {
	const role = roles.find(({ name }) => name === 'Guests')?.id;
	return [
		`@everyone @here <@&${role}> <@${owner.id}> <@!${owner.id}> <@&${id}> [click](https://evil.example) ||<@${owner.id}>||`,
		`z\u0351\u036b\u0301a\u0353l\u0349g\u0300o \u202Eenoyreve@\u202C \ud83d @everyone \`\`\` > # {{user}} $t(x) \u0000`,
		`@everyone ${'x'.repeat(3_980)}`
	];
}

test('nothing that anybody can write into a command pings anybody: every message says whom it may ping', { timeout: 240_000 }, async () => {
	const { leaves } = await loadDefinitions();
	const worded = leaves.filter(
		({ options, permissions }) =>
			permissions.staff === null && [...options.values()].some(({ kind }) => ['text', 'rest'].includes(kind.label))
	);
	expect(worded.length).toBeGreaterThan(20);
	const people = await Promise.all(Array.from({ length: staff }, (_, at) => shared.house.discord.user(`mod-${at}`)));
	const calls = worded.flatMap((leaf) =>
		[0, 1, 2].flatMap((payload) => (['prefix', 'slash'] as const).map((flow) => ({ leaf, payload, flow })))
	);
	const guilds: GuildHandle[] = [];
	for (let at = 0; at < Math.ceil(calls.length / perDesk / staff); at += 1) {
		const guild = await shared.house.discord.guild({
			members: [...people, 'victim'],
			roles: [{ name: 'Guests' }, { name: 'Staff', permissions: '8' }],
			channels: ['mod-logs', { name: 'Voice', type: 2 }, ...people.map((_, desk) => `desk-${desk}`)]
		});
		const role = guild.roles.find(({ name }) => name === 'Staff');
		await Promise.all(people.map((who) => guild.owner.api.put(`/guilds/${guild.id}/members/${who.id}/roles/${role?.id}`)));
		guilds.push(guild);
	}
	for (const guild of guilds) await configureModeration(shared.db, guild, { logChannelId: BigInt(guild.channel('mod-logs').id) });
	const desks = guilds.flatMap((guild) =>
		people.map((who, at) => ({ guild, who, channel: guild.channel(`desk-${at}`), calls: [] as typeof calls }))
	);
	for (const [at, call] of calls.entries()) desks[at % desks.length]?.calls.push(call);

	const wrong: string[] = [];
	let answered = 0;
	const waiting = [...desks];
	const work = async ({ guild, who, channel, calls: own }: (typeof desks)[number]) => {
		for (const { leaf, payload, flow } of own) {
			const person = guild.members.at(-1) ?? who;
			const role = guild.roles[0] ?? { id: guild.id };
			const text = payloads(guild)[payload] ?? '';
			const line = commandLine(leaf, { person, role, channel, voice: guild.channel('Voice'), text, optional: ['text', 'rest'] });
			if (line === null) continue;
			try {
				if (flow === 'slash' && line.slash !== null) await who.slash(channel, line.slash.words, line.slash.options);
				const typed = `;${line.typed}`.slice(0, 2_000);
				// What may be used seldom is refused in silence the second time.
				if (flow === 'prefix' && leaf.cooldown !== 'normal') await who.send(channel, typed);
				else if (flow === 'prefix') await says(who, channel, typed);
				answered += 1;
			} catch (error) {
				// A client lets nobody pick what is too long.
				if (!(error instanceof ClientRefusal)) wrong.push(`${flow} ${leaf.id} ${payload}: ${String(error).slice(0, 300)}`);
			}
		}
	};
	await Promise.all(
		Array.from({ length: 6 }, async () => {
			for (let desk = waiting.pop(); desk !== undefined; desk = waiting.pop()) await work(desk);
		})
	);
	expect(wrong).toEqual([]);
	expect(answered).toBeGreaterThan(80);

	const sent = (await shared.house.discord.requests(({ method }) => method !== 'GET')).flatMap(({ method, path, body }) =>
		said(body).map((message) => ({ method, path, message }))
	);
	expect(sent.length).toBeGreaterThan(answered / 2);
	const loose = sent.filter(({ message }) => {
		const { allowed_mentions: allowed } = message;
		return allowed === undefined || asList(asObject(allowed)['parse']).length > 0 || asList(asObject(allowed)['roles']).length > 0;
	});
	expect(loose.map(({ method, path, message }) => `${method} ${path} ${JSON.stringify(message).slice(0, 200)}`)).toEqual([]);
	const pinged = [];
	for (const guild of guilds)
		for (const { id } of guild.channels.filter(({ name }) => name !== 'Voice'))
			pinged.push(
				...(await guild.owner.messages(id)).filter(
					({ isBot, mentions, mentionsEveryone, raw }) =>
						isBot && (mentionsEveryone || mentions.length > 0 || asList(raw['mention_roles']).length > 0)
				)
			);
	expect(pinged.map(({ text }) => text)).toEqual([]);
	expect(await shared.db.errorReport.findMany({ select: { command: true, trace: true } })).toEqual([]);
});

async function says(who: UserDriver, channel: { readonly id: string }, line: string): Promise<void> {
	await who.send(channel, line);
	await who.expectMessage(channel, ({ isBot }) => isBot);
}

/** The message that a request carries, if it carries one. */
function said(body: Json | undefined): ReturnType<typeof asObject>[] {
	const own = asObject(body);
	const message = own['data'] === undefined ? own : asObject(own['data']);
	const isMessage = typeof message['content'] === 'string' || asObjects(message['embeds']).length > 0;
	return isMessage ? [message] : [];
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}
