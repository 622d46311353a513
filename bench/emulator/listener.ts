/** The floor of a client, in a process of its own: reads every frame, counts the messages. */
import { WebSocket } from 'ws';

/** To the benchmark: `ready` when every guild came, then a count now and then. */
export type ListenerReport = { readonly ready: number } | { readonly messages: number };

const INTENTS = 1 | (1 << 9) | (1 << 15);
const [gateway = '', token = ''] = process.argv.slice(2);
const report = (message: ListenerReport) => process.send?.(message);
const socket = new WebSocket(`${gateway}/?v=10&encoding=json`);
let waiting = 0;
let messages = 0;
let seq = 0;

socket.on('message', (data) => {
	const frame = JSON.parse(String(data));
	if (typeof frame.s === 'number') seq = frame.s;
	if (frame.op === 10) {
		socket.send(JSON.stringify({ op: 2, d: { token, intents: INTENTS, properties: {} } }));
		setInterval(() => socket.send(JSON.stringify({ op: 1, d: seq })), 5_000);
	} else if (frame.t === 'READY') waiting = frame.d.guilds.length;
	else if (frame.t === 'GUILD_CREATE' && --waiting === 0) report({ ready: performance.now() });
	else if (frame.t === 'MESSAGE_CREATE') messages += 1;
});
setInterval(() => report({ messages }), 100);
process.on('disconnect', () => process.exit(0));
