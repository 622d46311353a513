import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { auditReason } from '#modules/moderation/index.js';
import type { ChannelAccess, PinDiscord, PinRefusal } from '../ports.js';

export interface PinRequest {
	readonly guildId: string;
	readonly userId: string;
	readonly username: string;
	/** Where it was called. */
	readonly channelId: string;
	/** The message that called, which may answer another one. */
	readonly callerMessageId: string | null;
	/** What was named. */
	readonly link: { readonly guildId: string | null; readonly channelId: string; readonly messageId: string } | null;
}

export interface Pinned {
	readonly channelId: string;
	readonly messageId: string;
}

type Refusal = PinRefusal | 'which-message' | 'other-server' | 'not-there' | 'already-pinned' | 'not-pinned';

/** Pins messages and takes pins off: those of this server that the caller can see, where he may pin. */
export class Pins {
	public constructor(private readonly parts: { readonly discord: PinDiscord; readonly access: ChannelAccess }) {}

	public async pin(request: PinRequest): Promise<Outcome<Pinned, Refusal>> {
		return this.#change(request, true);
	}

	public async unpin(request: PinRequest): Promise<Outcome<Pinned, Refusal>> {
		return this.#change(request, false);
	}

	async #change(request: PinRequest, on: boolean): Promise<Outcome<Pinned, Refusal>> {
		const { discord, access } = this.parts;
		const { guildId, userId } = request;
		const target = await this.#target(request);
		if (target === null) return refuse('which-message');
		if (target.guildId !== guildId) return refuse('other-server');
		const { channelId, messageId } = target;
		const command = on ? 'channelstate.pin' : 'channelstate.unpin';
		const allowed = await access({ guildId, userId, channelId, command, inHistory: true });
		if (!allowed.ok) return allowed;
		const message = await discord.find(channelId, messageId);
		if (message === null) return refuse('no-message');
		if (message.pinned === on) return refuse(on ? 'already-pinned' : 'not-pinned');
		const reason = auditReason(null, request.username);
		const refused = await (on ? discord.pin(channelId, messageId, reason) : discord.unpin(channelId, messageId, reason));
		return refused === null ? accept({ channelId, messageId }) : refuse(refused);
	}

	/** What was named, or the message that the caller answers. */
	async #target({ link, guildId, channelId, callerMessageId }: PinRequest) {
		if (link !== null) return link;
		const caller = callerMessageId === null ? null : await this.parts.discord.find(channelId, callerMessageId);
		return caller?.repliedTo ? { guildId, channelId, messageId: caller.repliedTo } : null;
	}
}
