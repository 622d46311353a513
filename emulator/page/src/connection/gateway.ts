/** An event as it comes in; what its data is follows from its type. */
export interface GatewayEvent {
	type: string;
	// The gateway is the emulator's own: its payloads are checked by type over there.
	data: Record<string, unknown>;
}

interface Frame {
	op: number;
	t: string | null;
	s: number | null;
	d: Record<string, unknown>;
}

const RETRY_MS = 1_500;

/** One person's connection to the gateway. It comes back by itself, with a new session. */
export class Gateway {
	sessionId = '';
	#socket: WebSocket | null = null;
	#heartbeat: ReturnType<typeof setInterval> | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#seq: number | null = null;
	#closed = false;

	constructor(
		private readonly url: string,
		private readonly token: string,
		private readonly onEvent: (event: GatewayEvent) => void,
		private readonly onState: (connected: boolean) => void
	) {}

	connect(): void {
		const socket = new WebSocket(`${this.url}/?v=10&encoding=json`);
		this.#socket = socket;
		socket.addEventListener('message', (message: MessageEvent<string>) => this.#receive(JSON.parse(message.data) as Frame));
		socket.addEventListener('close', () => {
			clearInterval(this.#heartbeat);
			if (this.#closed) return;
			this.onState(false);
			this.#retry = setTimeout(() => this.connect(), RETRY_MS);
		});
	}

	send(op: number, data: unknown): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ op, d: data }));
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retry);
		clearInterval(this.#heartbeat);
		this.#socket?.close(1000);
	}

	#receive({ op, t, s, d }: Frame): void {
		if (s !== null && s !== undefined) this.#seq = s;
		if (op === 10) {
			const every = Number(d['heartbeat_interval']);
			this.#heartbeat = setInterval(() => this.send(1, this.#seq), every);
			this.send(2, { token: this.token, large_threshold: 250, properties: { os: 'browser', browser: 'playground', device: '' } });
		}
		if (op === 7 || op === 9) this.#socket?.close(4000);
		if (op !== 0 || t === null) return;
		if (t === 'READY') {
			this.sessionId = String(d['session_id']);
			this.onState(true);
		}
		this.onEvent({ type: t, data: d });
	}
}
