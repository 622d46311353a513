import type { Spec } from '../../emulator/spec/index.js';
import type { Packet } from './conformanceClient.js';

type Carried = readonly [schema: string, value: unknown];

const channel = (data: Record<string, unknown>): Carried[] => [['GuildChannelResponse', data]];
const member = (data: Record<string, unknown>): Carried[] => [['GuildMemberResponse', data]];
const message = (data: Record<string, unknown>): Carried[] => [['MessageResponse', data]];
const role = ({ role: value }: Record<string, unknown>): Carried[] => [['GuildRoleResponse', value]];
const thread = (data: Record<string, unknown>): Carried[] => [['ThreadResponse', data]];
const user = (data: Record<string, unknown>): Carried[] => [['UserResponse', data.user]];
const list = (schema: string, values: unknown): Carried[] => (Array.isArray(values) ? values.map((value) => [schema, value] as const) : []);

/** The objects of Discord's description that gateway events carry. */
const carriedBy: Readonly<Record<string, (data: Record<string, unknown>) => Carried[]>> = {
	CHANNEL_CREATE: channel,
	CHANNEL_DELETE: channel,
	CHANNEL_UPDATE: channel,
	GUILD_AUDIT_LOG_ENTRY_CREATE: (data) => [['AuditLogEntryResponse', data]],
	GUILD_BAN_ADD: user,
	GUILD_BAN_REMOVE: user,
	GUILD_CREATE: (data) => [
		...list('GuildRoleResponse', data.roles),
		...list('GuildChannelResponse', data.channels),
		...list('GuildMemberResponse', data.members),
		...list('EmojiResponse', data.emojis)
	],
	GUILD_EMOJIS_UPDATE: (data) => list('EmojiResponse', data.emojis),
	GUILD_MEMBER_ADD: member,
	GUILD_MEMBER_REMOVE: user,
	GUILD_MEMBER_UPDATE: member,
	GUILD_ROLE_CREATE: role,
	GUILD_ROLE_UPDATE: role,
	GUILD_STICKERS_UPDATE: (data) => list('GuildStickerResponse', data.stickers),
	GUILD_UPDATE: (data) => [['GuildResponse', data]],
	MESSAGE_CREATE: message,
	MESSAGE_UPDATE: message,
	THREAD_CREATE: thread,
	THREAD_UPDATE: thread,
	VOICE_STATE_UPDATE: (data) => [['VoiceStateResponse', data]]
};

/** What in these events is not as Discord's description says of the same objects in answers. */
export function wrongEvents(spec: Spec, packets: readonly Packet[]): string[] {
	return packets.flatMap(({ t, d }) => {
		const carried = t === null ? undefined : carriedBy[t];
		if (carried === undefined) return [];
		const found = carried(d).flatMap(([schema, value]) => spec.checkNamed(schema, value));
		return found.map(({ operation, at, message: said }) => `${t}: ${operation} ${at}: ${said}`);
	});
}

/** Events seen of those that can be judged. */
export function judgedEvents(packets: readonly Packet[]): string[] {
	return [...new Set(packets.flatMap(({ t }) => (t !== null && t in carriedBy ? [t] : [])))].toSorted();
}

/** Every event that can be judged. */
export const judgeableEvents: readonly string[] = Object.keys(carriedBy).toSorted();
