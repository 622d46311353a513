import {
	type APIChannel,
	type APIGuildForumChannel,
	AuditLogEvent,
	ChannelFlags,
	type Client,
	PermissionsBitField,
	RESTJSONErrorCodes,
	Routes
} from 'discord.js';
import { botStanding } from '#lib/discord/standing.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { isForum } from '../domain/nuke.js';
import type { NukeDiscord, Speak } from '../ports.js';
import { firstMessage } from '../view/nuke.js';
import { type AnyChannel, bodyOf, readChannel, readPlace } from './nukeBody.js';
import { nukeServer } from './nukeServer.js';
import { idOf, nonceMs, postOnce } from './postOnce.js';

const gone = [RESTJSONErrorCodes.UnknownChannel];
const hidden = [...gone, RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions];
/** Discord: entries of the audit log in one answer. */
const auditPage = 100;
/** Discord: threads in one answer, and messages. */
const page = 100;

export interface NukeDiscordOptions {
	readonly client: Client;
	readonly speak: Speak;
	readonly now: () => number;
}

/** What is done to make a channel anew, by REST alone: whoever finishes it need not serve that server. */
export function nukeDiscord({ client, speak, now }: NukeDiscordOptions): NukeDiscord {
	const { rest } = client;
	return {
		...nukeServer(client),
		async channel(guildId, channelId) {
			const found = (await onDiscordCode(rest.get(Routes.channel(channelId)), gone, null)) as APIChannel | null;
			return found !== null && 'guild_id' in found && found.guild_id === guildId ? readChannel(found as AnyChannel) : null;
		},
		async places(guildId) {
			return ((await rest.get(Routes.guildChannels(guildId))) as AnyChannel[]).map(readPlace);
		},
		standing: (guildId) => botStanding(client, guildId),
		namesOf: (permissions) => new PermissionsBitField(permissions).toArray().join(', '),
		async threads(guildId, channelId) {
			const query = new URLSearchParams({ limit: String(page) });
			const [active, archived] = await Promise.all([
				rest.get(Routes.guildActiveThreads(guildId)),
				onDiscordCode(rest.get(Routes.channelThreads(channelId, 'public'), { query }), hidden, null)
			]);
			return threadsOf(active).filter((thread) => thread.parent_id === channelId).length + threadsOf(archived).length;
		},
		async webhooks(channelId) {
			const found = await onDiscordCode(rest.get(Routes.channelWebhooks(channelId)), hidden, null);
			return Array.isArray(found) ? found.map(idOf) : null;
		},
		async moveWebhook(webhookId, to, reason) {
			const body = { channel_id: to };
			await onDiscordCode(rest.patch(Routes.webhook(webhookId), { body, reason }), [RESTJSONErrorCodes.UnknownWebhook], undefined);
		},
		async madeChannels(guildId) {
			const query = new URLSearchParams({ action_type: String(AuditLogEvent.ChannelCreate), limit: String(auditPage) });
			const log = await onDiscordCode(rest.get(Routes.guildAuditLog(guildId), { query }), hidden, null);
			const entries: unknown = Object(log).audit_log_entries;
			const made = (Array.isArray(entries) ? entries : []).map((entry: unknown) => {
				const { target_id: target, reason }: { readonly target_id?: unknown; readonly reason?: unknown } = Object(entry);
				return [String(target), typeof reason === 'string' ? reason : ''] as const;
			});
			return new Map(made);
		},
		async create(channel, reason) {
			return idOf(await rest.post(Routes.guildChannels(channel.guildId), { body: bodyOf(channel), reason }));
		},
		async requireTags(from, to, reason) {
			const old = (await onDiscordCode(rest.get(Routes.channel(from)), gone, null)) as AnyChannel | null;
			const isAsked = ((old?.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
			if (isAsked) await rest.patch(Routes.channel(to), { body: { flags: ChannelFlags.RequireTag }, reason });
		},
		async arrange(guildId, moves, reason) {
			await rest.patch(Routes.guildChannels(guildId), { body: moves, reason });
		},
		async remove(channelId, reason) {
			await onDiscordCode(rest.delete(Routes.channel(channelId), { reason }), gone, undefined);
		},
		async sayFirst(channelId, order) {
			const message = firstMessage(order.actorId, speak(order.guildId).t);
			const channel = (await rest.get(Routes.channel(channelId))) as AnyChannel;
			if (isForum(channel.type)) return postFirst(channel as APIGuildForumChannel, order.guildId, message);
			// Discord has forgotten by then that it was sent.
			if (now() - order.at > nonceMs && (await said(channelId, message.content))) return;
			await postOnce(rest, channelId, message, `nuke ${order.key}`);
		}
	};

	/** Posts have no nonce: what is there already is looked for. */
	async function postFirst(forum: APIGuildForumChannel, guildId: string, message: FirstMessage): Promise<void> {
		const isOurs = ({ parent_id, owner_id }: Thread) => parent_id === forum.id && owner_id === client.user?.id;
		if (threadsOf(await rest.get(Routes.guildActiveThreads(guildId))).some(isOurs)) return;
		const tag = forum.available_tags.find(({ moderated }) => !moderated) ?? forum.available_tags[0];
		const needsTag = ((forum.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
		const body = {
			name: message.content,
			message: { ...message, allowed_mentions: { parse: [] } },
			...(needsTag && tag !== undefined && { applied_tags: [tag.id] })
		};
		await rest.post(Routes.threads(forum.id), { body });
	}

	async function said(channelId: string, content: string): Promise<boolean> {
		const query = new URLSearchParams({ limit: String(page), after: channelId });
		const messages = await onDiscordCode(rest.get(Routes.channelMessages(channelId), { query }), hidden, null);
		const isOurs = (message: unknown) => {
			const { author, content: written }: { readonly author?: unknown; readonly content?: unknown } = Object(message);
			return Object(author).id === client.user?.id && written === content;
		};
		return Array.isArray(messages) && messages.some(isOurs);
	}
}

type FirstMessage = ReturnType<typeof firstMessage>;

interface Thread {
	readonly parent_id?: unknown;
	readonly owner_id?: unknown;
}

function threadsOf(answer: unknown): readonly Thread[] {
	const { threads }: { readonly threads?: unknown } = Object(answer);
	return Array.isArray(threads) ? threads.map((thread: unknown) => Object(thread)) : [];
}
