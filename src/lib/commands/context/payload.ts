import type { BaseMessageOptions } from 'discord.js';
import type { ReplyPayload } from './commandContext.js';

/** A reply as discord.js takes it. What is not named pings nobody. */
export function toMessageOptions({ content, embeds, components, files, allowedMentions }: ReplyPayload): BaseMessageOptions {
	return {
		allowedMentions: { repliedUser: false, ...(allowedMentions ?? { parse: [] }) },
		...(content !== undefined && { content }),
		...(embeds && { embeds: [...embeds] }),
		...(components && { components: [...components] }),
		...(files && { files: [...files] })
	};
}
