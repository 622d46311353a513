import { setImmediate as turn } from 'node:timers/promises';
import { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import { Call } from '../rest/route.js';
import { send } from '../routes/messages.js';
import { addGuilds } from '../state/bulk.js';
import type { Channel } from '../state/channel.js';
import type { Account, Json, User } from '../state/types.js';
import type { Control, ControlTable } from './server.js';

const TEXTS = [
	'good morning everyone',
	'has anybody seen the new update yet? it looks really nice',
	'lol',
	'I will be back in ten minutes, save me a place in the queue please',
	'no; that is not what I meant, let me explain it again in other words'
];
/** Messages between two looks at the sockets. */
const SLICE = 200;
/** Bytes waiting for a client at which the talk pauses. */
const HIGH_WATER = 4 << 20;

/** Big worlds and much talk, for benchmarks and soaks. */
export function loadControl(table: ControlTable): void {
	table.on('POST', '/bulk', bulk);
	table.on('POST', '/talk', (control, body) => {
		const count = body.integer('count', 1) ?? 1000;
		const perSecond = body.integer('per_second', 1) ?? null;
		body.done();
		talk(control, count, perSecond).catch((error: unknown) => control.rest.ledger.violations.push(`talk: ${String(error)}`));
		return { count, talking: true };
	});
	table.on('GET', '/talk', ({ talking }) => ({ ...talking, memory: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed }));
}

/** `{ guilds, channels, roles, emojis, members, messages_per_channel }`: before anybody connects. */
function bulk({ rest }: Control, body: Body): Json {
	const { world } = rest.discord;
	const [application] = world.applications.values();
	const owner = world.users.get(application?.ownerId ?? '');
	if (application === undefined || owner === undefined) throw refuse(10002);
	const start = performance.now();
	const read = (name: string, fallback: number) => body.integer(name, 0, 100_000) ?? fallback;
	const guilds = addGuilds(world, {
		guilds: read('guilds', 100),
		channels: read('channels', 30),
		roles: read('roles', 20),
		emojis: read('emojis', 20),
		members: read('members', 0),
		joins: [application.bot.user],
		owner
	});
	world.messagesPerChannel = body.integer('messages_per_channel', 1) ?? world.messagesPerChannel;
	body.done();
	return { guilds: guilds.length, ms: Math.round(performance.now() - start) };
}

/** People speak, as fast as the clients read or so many a second, each through every check that a request meets. */
async function talk(control: Control, count: number, perSecond: number | null): Promise<void> {
	const { discord } = control.rest;
	const places = speakers(control);
	control.talking = { said: 0, count };
	const start = performance.now();
	for (let number = 0; number < count; number++) {
		const place = places[number % places.length];
		if (place === undefined) return;
		const user = place.people[Math.floor(number / places.length) % place.people.length];
		if (user !== undefined) {
			const body = { content: TEXTS[number % TEXTS.length] ?? '' };
			send(new Call(discord, accountOf(control, user), { channelId: place.channel.id }, {}, new Body(body), [], null, body));
		}
		control.talking.said = number + 1;
		if (number % SLICE === 0 || perSecond !== null) await pace(control, number, start, perSecond);
	}
}

async function pace(control: Control, number: number, start: number, perSecond: number | null): Promise<void> {
	const due = perSecond === null ? 0 : start + (number * 1000) / perSecond;
	do await turn();
	while (performance.now() < due - 1 || isFull(control));
}

function isFull(control: Control): boolean {
	for (const { connection } of control.rest.discord.dispatcher.sessions) {
		if ((connection?.socket.bufferedAmount ?? 0) > HIGH_WATER) return true;
	}
	return false;
}

function speakers(control: Control): { channel: Channel; people: User[] }[] {
	const places: { channel: Channel; people: User[] }[] = [];
	for (const guild of control.rest.discord.world.guilds.values()) {
		const channel = [...guild.channels.values()].find((candidate) => candidate.type === 0);
		const people: User[] = [];
		for (const member of guild.members.values()) {
			if (!member.user.bot) people.push(member.user);
			if (people.length === 50) break;
		}
		if (channel !== undefined && people.length > 0) places.push({ channel, people });
	}
	return places;
}

function accountOf(control: Control, user: User): Account {
	const { world } = control.rest.discord;
	return world.accountsByUser.get(user.id) ?? world.addAccount(user, `crowd-${user.id}`);
}
