import { DiscordAPIError } from 'discord.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import {
	type GuildRestrictions,
	noRestrictions,
	type Restriction,
	type RestrictionKind
} from '#modules/restrictions/domain/restriction.js';
import type { RestrictionDiscord, RestrictionVoice, StaffNote, Who } from '#modules/restrictions/ports.js';
import { Setbacks } from '#modules/restrictions/service/setbacks.js';
import { FakeClock } from '../../support/fakeClock.js';

export const who: Who = { guildId: '1', userId: '2' };

export function restriction(kind: RestrictionKind, more: Partial<Restriction> = {}): Restriction {
	return { ...who, kind, value: null, userName: 'ana', actorId: '3', reason: null, at: 0, expiresAt: null, ...more };
}

/** What Discord answers when the bot may not. */
export function forbidden(): DiscordAPIError {
	return new DiscordAPIError({ code: 50013, message: 'Missing Permissions' }, 50013, 403, 'PUT', '/', { body: undefined, files: [] });
}

/** Everything around the services, in memory. `said` is what was done and told, in its order. */
export function parts(rows: readonly Restriction[] = [], settings: Partial<GuildRestrictions> = {}) {
	const said: string[] = [];
	const clock = new FakeClock(1_000_000);
	let stored = [...rows];
	const guilds = new CachedSettings<GuildRestrictions>({
		defaults: noRestrictions,
		derive: nothingDerived,
		source: {
			readMany: async () => new Map(),
			async read() {
				const byKind = Map.groupBy(stored, (row) => row.kind);
				const held = new Map([...byKind].map(([kind, all]) => [kind, new Map(all.map(({ userId, value }) => [userId, value]))]));
				return { held, ...settings };
			}
		}
	});
	const world = { banned: false, nick: null as string | null | undefined, voice: null as string | null, refuses: false, corner: true };
	const act = (what: string) => {
		if (world.refuses) throw forbidden();
		said.push(what);
	};
	const discord: RestrictionDiscord = {
		isBanned: async () => world.banned,
		async ban() {
			act('ban');
			world.banned = true;
		},
		kick: async () => act('kick'),
		async setNickname(_guildId, _userId, nick) {
			act(`nick ${nick}`);
			world.nick = nick;
		},
		async moveTo(_who, channelId) {
			if (!world.corner) return 'no-channel';
			act(`move ${channelId}`);
			world.voice = channelId;
			return 'moved';
		},
		nickOf: async () => world.nick,
		voiceOf: async () => world.voice,
		async remove() {
			act('remove');
			return true;
		},
		lastUnbanned: async () => []
	};
	const voice: RestrictionVoice = {
		tellStaff: async (_guildId, note: StaffNote) => void said.push(`tell ${note.what}`),
		async tellRejected(_who, _guildName, text) {
			said.push(`dm ${text}`);
			return { channelId: '4', messageId: text };
		},
		takeBack: async ({ messageId }) => void said.push(`take back ${messageId}`),
		auditReason: async () => 'reason'
	};
	const later: { kind: string; dueAt: number }[] = [];
	return {
		said,
		clock,
		guilds,
		world,
		discord,
		voice,
		later,
		setbacks: new Setbacks(clock),
		rows: {
			find: async (_who: Who, kind: RestrictionKind) => stored.find((row) => row.kind === kind) ?? null,
			keepAt: async (kind: string, _who: Who, dueAt: number) => void later.push({ kind, dueAt })
		},
		lift(kind: RestrictionKind) {
			stored = stored.filter((row) => row.kind !== kind);
			guilds.evictAll();
		}
	};
}
