import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes, HTTPError } from 'discord.js';
import { StartFailure } from '#lib/errors/startFailure.js';

const portal = 'https://discord.com/developers/applications';
const wrongToken = `Discord does not accept the bot's token: copy it again from ${portal} (Bot → Reset Token) into DISCORD_TOKEN.`;

const sentences = new Map<number, string>([
	[GatewayCloseCodes.AuthenticationFailed, wrongToken],
	[
		GatewayCloseCodes.InvalidShard,
		'Discord does not accept SHARDS and SHARD_COUNT: the shard numbers start at 0 and stay below the count.'
	],
	[GatewayCloseCodes.ShardingRequired, 'The bot is in too many servers for so few shards: raise SHARD_COUNT, or leave it out.'],
	[GatewayCloseCodes.InvalidAPIVersion, 'Discord no longer speaks the version of its interface that this Evict uses: update Evict.'],
	[GatewayCloseCodes.InvalidIntents, 'Discord does not know the intents that this Evict asks for: update Evict.'],
	[
		GatewayCloseCodes.DisallowedIntents,
		`Discord refuses the privileged intents: switch on "Server Members Intent" and "Message Content Intent" at ${portal} (Bot → Privileged Gateway Intents).`
	]
]);

/** The sentence for a close code after which trying again is of no use; null for all others. */
export function fatalCloseSentence(code: number): string | null {
	return sentences.get(code) ?? null;
}

/** What went wrong at the login, as a sentence where its reason is known; everything else is thrown as it is. */
export function loginFault(error: unknown, api: string): unknown {
	if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return new StartFailure(wrongToken);
	if (error instanceof DiscordAPIError && error.status === 401) return new StartFailure(wrongToken);
	if (error instanceof DiscordAPIError || error instanceof HTTPError)
		return new StartFailure(`Discord answered ${error.status} to the login at ${api}: try again later.`);
	const loginsBack = error instanceof Error ? /^Not enough sessions remaining .*resets at (\S+)$/.exec(error.message)?.[1] : undefined;
	if (loginsBack !== undefined)
		return new StartFailure(
			`Discord lets a bot log in so many times a day, and this one has no login left: try again after ${loginsBack}.`
		);
	if (isUnreachable(error))
		return new StartFailure(`Discord cannot be reached at ${api}: check the network of this machine, and DISCORD_API_URL if it is set.`);
	return error;
}

const networkCodes = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNRESET',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_SOCKET'
]);

function isUnreachable(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error.name === 'AbortError') return true;
	if ('code' in error && typeof error.code === 'string' && networkCodes.has(error.code)) return true;
	if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
	return error.cause !== undefined && isUnreachable(error.cause);
}
