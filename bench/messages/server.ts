/** The Discord of the benchmark, in a process of its own: it must not share a thread with what is measured. */
import { startEmulator } from '../../emulator/emulator.js';
import type { Session } from '../../emulator/gateway/session.js';
import { frames, populate } from './world.js';

/** From the benchmark: `adopt` names the newest session, `send` sends it frames as fast as it takes them. */
export type ServerOrder = { readonly adopt: string } | { readonly send: string; readonly count: number };
/** To the benchmark. */
export type ServerReport =
	| { readonly api: string; readonly cdn: string; readonly gateway: string; readonly botToken: string }
	| { readonly adopted: string }
	| { readonly sending: string };

const HIGH_WATER = 4 << 20;

const emulator = await startEmulator({ inspect: false });
const places = populate(emulator);
const sessions = new Map<string, Session>();
const report = (message: ServerReport) => process.send?.(message);

process.on('message', (order: ServerOrder) => {
	if ('adopt' in order) {
		const taken = new Set(sessions.values());
		const session = [...emulator.discord.dispatcher.sessions].find(
			(one) => one.account.user.bot === true && !taken.has(one) && one.connection
		);
		if (session === undefined) throw new Error(`${order.adopt} has not connected`);
		sessions.set(order.adopt, session);
		report({ adopted: order.adopt });
		return;
	}
	const session = sessions.get(order.send);
	if (session?.connection == null) throw new Error(`${order.send} has lost its connection`);
	const { socket } = session.connection;
	const waiting = frames(emulator, places, session, order.count);
	report({ sending: order.send });
	let next = 0;
	const pump = () => {
		while (next < waiting.length && socket.bufferedAmount < HIGH_WATER) {
			socket.send(waiting[next] ?? '');
			next += 1;
		}
		if (next < waiting.length) setImmediate(pump);
	};
	pump();
});
process.on('disconnect', () => process.exit(0));

report({ api: emulator.api, cdn: emulator.cdn, gateway: emulator.gateway, botToken: emulator.botToken });
