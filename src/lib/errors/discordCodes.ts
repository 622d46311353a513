import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RESTJSONErrorCodes } from 'discord.js';

/** The number of Discord's JSON error, when the error is one. */
export function discordCodeOf(error: unknown): number | null {
	if (isChannelForgotten(error)) return RESTJSONErrorCodes.UnknownChannel;
	return error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : null;
}

/**
 * What `promise` answers, or `fallback` when Discord refused with one of `codes`; every other error is thrown on.
 *
 * `await onDiscordCode(message.delete(), [RESTJSONErrorCodes.UnknownMessage], undefined)`
 */
export async function onDiscordCode<T, F>(promise: Promise<T>, codes: readonly number[], fallback: F): Promise<T | F> {
	try {
		return await promise;
	} catch (error) {
		const code = discordCodeOf(error);
		if (code !== null && codes.includes(code)) return fallback;
		throw error;
	}
}

/** Whether Discord said no, so that what was asked for was certainly not done. */
export function isDiscordRefusal(error: unknown): boolean {
	if (isChannelForgotten(error)) return true;
	return error instanceof DiscordAPIError && error.status < 500 && error.status !== 429;
}

/** What was asked for is gone, or was answered already: nobody is helped by hearing of it. */
const silent = new Set<number>([
	RESTJSONErrorCodes.UnknownMessage,
	RESTJSONErrorCodes.UnknownChannel,
	RESTJSONErrorCodes.UnknownGuild,
	RESTJSONErrorCodes.UnknownInteraction,
	RESTJSONErrorCodes.UnknownWebhook,
	RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
	RESTJSONErrorCodes.InvalidWebhookToken
]);

const sentences = new Map<number, DiscordSentence>([
	[RESTJSONErrorCodes.MissingPermissions, 'missing-permissions'],
	[RESTJSONErrorCodes.MissingAccess, 'missing-access'],
	[RESTJSONErrorCodes.CannotSendMessagesToThisUser, 'closed-dms'],
	[RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, 'closed-dms'],
	[RESTJSONErrorCodes.CannotExecuteActionOnDMChannel, 'guild-only'],
	[RESTJSONErrorCodes.UnknownUser, 'unknown-user'],
	[RESTJSONErrorCodes.UnknownMember, 'unknown-member'],
	[RESTJSONErrorCodes.UnknownRole, 'unknown-role'],
	[RESTJSONErrorCodes.UnknownEmoji, 'unknown-emoji'],
	[RESTJSONErrorCodes.UnknownInvite, 'unknown-invite'],
	[RESTJSONErrorCodes.UnknownBan, 'unknown-ban'],
	[RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice, 'not-in-voice'],
	[RESTJSONErrorCodes.ThreadLocked, 'thread-closed'],
	[50083, 'thread-closed'],
	[RESTJSONErrorCodes.TwoFactorAuthenticationIsRequired, 'two-factor'],
	[RESTJSONErrorCodes.RequestEntityTooLarge, 'too-large']
]);

export type DiscordSentence =
	| 'missing-permissions'
	| 'missing-access'
	| 'closed-dms'
	| 'guild-only'
	| 'unknown-user'
	| 'unknown-member'
	| 'unknown-role'
	| 'unknown-emoji'
	| 'unknown-invite'
	| 'unknown-ban'
	| 'not-in-voice'
	| 'thread-closed'
	| 'two-factor'
	| 'too-large'
	| 'limit'
	| 'away';

/** What to say when Discord said no and nobody caught it; null when it was no answer of Discord's, or one that is our bug. */
export function discordSentence(error: unknown): DiscordSentence | 'silent' | null {
	if (error instanceof HTTPError) return 'away';
	if (isCutOff(error)) return 'away';
	if (error instanceof DiscordAPIError && error.status >= 500) return 'away';
	const code = discordCodeOf(error);
	if (code === null) return null;
	if (silent.has(code)) return 'silent';
	// Discord: 30001 to 30999, a maximum number of something is reached.
	if (code >= 30_000 && code < 31_000) return 'limit';
	return sentences.get(code) ?? null;
}

/** Discord did not let us, for whatever reason. */
export function isForbidden(error: unknown): boolean {
	return error instanceof DiscordAPIError && error.status === 403;
}

/** discord.js asked the gateway for members, or undici an address, and no answer came. None of it says whether Discord did it. */
const cutOff = new Set<unknown>([DiscordjsErrorCodes.GuildMembersTimeout, 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT']);

/** A request that discord.js aborts after its time-out has a name of its own. */
function isCutOff(error: unknown): boolean {
	return error instanceof Error && (error.name === 'AbortError' || ('code' in error && cutOff.has(error.code)));
}

/** A message of a channel that was deleted: discord.js does not even ask Discord, which would say that it knows no such channel. */
function isChannelForgotten(error: unknown): boolean {
	return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached;
}
