/** The floor: `ws` and JSON.parse, nothing more. */
import { WebSocket } from 'ws';
import { meter } from '../meter.js';

const { seen, ready } = meter();
const socket = new WebSocket(`${process.env['BENCH_GATEWAY']}/?v=10&encoding=json`);
let sequence: number | null = null;

socket.on('message', (data: Buffer) => {
	const frame = JSON.parse(data.toString()) as { op: number; t: string | null; s: number | null; d: { heartbeat_interval: number } };
	sequence = frame.s ?? sequence;
	if (frame.op === 10) {
		setInterval(() => socket.send(JSON.stringify({ op: 1, d: sequence })), frame.d.heartbeat_interval).unref();
		const properties = { os: 'linux', browser: 'floor', device: 'floor' };
		socket.send(JSON.stringify({ op: 2, d: { token: process.env['DISCORD_TOKEN'], intents: 1 | (1 << 9) | (1 << 15), properties } }));
	} else if (frame.t === 'READY') setTimeout(ready, 1000);
	else if (frame.t === 'MESSAGE_CREATE') seen();
});
