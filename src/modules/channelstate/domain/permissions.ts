/** Permissions that this module changes or asks for, by Discord's names. https://discord.com/developers/docs/topics/permissions */
export const permission = {
	Administrator: 1n << 3n,
	ManageChannels: 1n << 4n,
	AddReactions: 1n << 6n,
	ViewChannel: 1n << 10n,
	SendMessages: 1n << 11n,
	EmbedLinks: 1n << 14n,
	AttachFiles: 1n << 15n,
	ReadMessageHistory: 1n << 16n,
	Connect: 1n << 20n,
	ManageRoles: 1n << 28n,
	ManageThreads: 1n << 34n,
	CreatePublicThreads: 1n << 35n,
	CreatePrivateThreads: 1n << 36n,
	SendMessagesInThreads: 1n << 38n,
	PinMessages: 1n << 51n
} as const;

export type PermissionName = keyof typeof permission;

/** What of `needed` is not in `held`, as the sentences of refusals want it: `SendMessages, AddReactions`. */
export function namesOf(bits: bigint): string {
	return Object.entries(permission)
		.filter(([, bit]) => (bits & bit) !== 0n)
		.map(([name]) => name)
		.join(', ');
}

/** Kinds of channels, by Discord's numbers. */
export const channelTypes = {
	text: 0,
	voice: 2,
	category: 4,
	news: 5,
	newsThread: 10,
	publicThread: 11,
	privateThread: 12,
	stage: 13,
	forum: 15,
	media: 16
} as const;

export function isThread(type: number): boolean {
	return type === channelTypes.newsThread || type === channelTypes.publicThread || type === channelTypes.privateThread;
}

/** Whether people speak there, so that everybody can be kept from joining. */
export function isVoice(type: number): boolean {
	return type === channelTypes.voice || type === channelTypes.stage;
}

const lockable: ReadonlySet<number> = new Set([
	channelTypes.text,
	channelTypes.voice,
	channelTypes.news,
	channelTypes.stage,
	channelTypes.forum,
	channelTypes.media
]);

/** Channels with overwrites of their own in which people write or speak; a category hands its overwrites on and is left alone. */
export function isLockable(type: number): boolean {
	return lockable.has(type);
}

export const layerKinds = ['send', 'view', 'images', 'reactions', 'files', 'pictures', 'thread'] as const;

/**
 * What is taken from, or given to, an overwrite. `send` and `view` are taken from everybody; `images`, `reactions` and `files` (images,
 * in all channels) from a member; `pictures` is given to one. `thread`: a thread has no overwrites, it is locked as a whole.
 */
export type LayerKind = (typeof layerKinds)[number];

const images = permission.AttachFiles | permission.EmbedLinks;
const send =
	permission.SendMessages |
	permission.SendMessagesInThreads |
	permission.CreatePublicThreads |
	permission.CreatePrivateThreads |
	permission.AddReactions;

/** The bits of a kind in a channel of this type. */
export function bitsOf(kind: LayerKind, type: number): bigint {
	if (kind === 'send') return isVoice(type) ? send | permission.Connect : send;
	if (kind === 'view') return permission.ViewChannel;
	if (kind === 'thread') return 0n;
	return kind === 'reactions' ? permission.AddReactions : images;
}

/** Without these a change of that kind would not be what it says. The others are changed where the bot may. */
export function essentialBits(kind: LayerKind): bigint {
	return kind === 'send' ? permission.SendMessages : bitsOf(kind, channelTypes.text);
}
