export interface MessageLink {
	/** Null for a direct message (`@me`). */
	readonly guildId: string | null;
	readonly channelId: string;
	readonly messageId: string;
}

const link =
	/^<?https?:\/\/(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com\/channels\/(@me|\d{17,20})\/(\d{17,20})\/(\d{17,20})\/?(?:[?#][^\s>]*)?>?$/i;

/** Reads a link to a message, of any host that Discord's clients copy; null when it is none. What it points at is not checked. */
export function parseMessageLink(text: string): MessageLink | null {
	const [, guildId, channelId, messageId] = link.exec(text.trim()) ?? [];
	if (guildId === undefined || channelId === undefined || messageId === undefined) return null;
	return { guildId: guildId.toLowerCase() === '@me' ? null : guildId, channelId, messageId };
}

/** The address of a message. */
export function messageUrl({ guildId, channelId, messageId }: MessageLink): string {
	return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
