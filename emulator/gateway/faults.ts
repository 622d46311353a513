import type { Discord } from '../discord.js';
import type { Fate } from './dispatcher.js';
import type { GatewayServer } from './server.js';
import type { Session } from './session.js';
import { endSession } from './sessions.js';

/** Which sessions a fault meets: those of bots unless a user is named, all shards unless one is. */
export interface Aim {
	userId?: string | undefined;
	shard?: number | undefined;
}

/** Things that go wrong on the gateway. */
export class GatewayFaults {
	constructor(
		private readonly discord: Discord,
		private readonly server: GatewayServer
	) {}

	/** Cuts the sockets without a close frame; the sessions can be resumed. */
	drop(aim: Aim = {}): number {
		return this.#each(aim, (session) => session.connection?.socket.terminate());
	}

	close(code: number, reason: string, aim: Aim = {}): number {
		return this.#each(aim, (session) => session.connection?.close(code, reason));
	}

	/** Op 7: please reconnect and resume. */
	reconnect(aim: Aim = {}): number {
		return this.#each(aim, (session) => session.connection?.op(7, null));
	}

	/**
	 * Op 9: the session is no longer valid; `resumable` asks for RESUME, otherwise for IDENTIFY. The connection stays and takes either.
	 * https://discord.com/developers/docs/events/gateway-events#invalid-session
	 */
	invalidate(resumable: boolean, aim: Aim = {}): number {
		return this.#each(aim, (session) => {
			const { connection } = session;
			connection?.op(9, resumable);
			if (!resumable) endSession(this.discord, session);
			session.connection = null;
			if (connection !== null) connection.session = null;
		});
	}

	/** Heartbeats are no longer answered: the client must notice the zombie by itself. */
	silenceHeartbeats(aim: Aim = {}): number {
		return this.#each(aim, (session) => {
			if (session.connection !== null) session.connection.ignoreHeartbeats = true;
		});
	}

	/** Ends the sessions: the next RESUME is answered with op 9. */
	forget(aim: Aim = {}): number {
		return this.#each(aim, (session) => endSession(this.discord, session));
	}

	/**
	 * The next `times` events (-1: all) of these types (none named: any) to bots are lost, lost for good (not even in a replay), or doubled.
	 */
	spoil(fate: Fate, types: string[] = [], times = -1): void {
		let left = times;
		this.discord.dispatcher.fate = (session, type) => {
			const meets = session.account.kind === 'bot' && (types.length === 0 || types.includes(type));
			if (!meets || left === 0 || type === 'READY') return 'send';
			left--;
			return fate;
		};
	}

	/** Everything works again. */
	clear(): void {
		this.discord.dispatcher.fate = null;
		this.discord.refuseResume = false;
		for (const connection of this.server.connections) connection.ignoreHeartbeats = false;
	}

	#each(aim: Aim, act: (session: Session) => void): number {
		let met = 0;
		for (const session of [...this.discord.dispatcher.sessions]) {
			const wanted = aim.userId === undefined ? session.account.kind === 'bot' : session.account.user.id === aim.userId;
			if (!wanted || (aim.shard !== undefined && session.shard[0] !== aim.shard)) continue;
			act(session);
			met++;
		}
		return met;
	}
}
