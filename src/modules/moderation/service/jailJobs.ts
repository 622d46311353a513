import { discordSentence } from '#lib/errors/discordCodes.js';
import type { CommandJob, ItemResult, Job, JobItem, JobKind } from '#lib/jobs/types.js';
import type { Overwrite } from '../domain/jailThings.js';
import type { BuiltJail, JailSetup } from './jailSetup.js';
import type { ActionRefused, Moderation } from './moderation.js';

export const closeJob = 'moderation.jail-close';
export const freeJob = 'moderation.jail-free';

/** A process that builds the jail at this moment is waited for. */
const waitMs = 15_000;

/** The channels that have to be hidden from those in jail. */
export function closingOf({ open, roleId }: Pick<BuiltJail, 'open' | 'roleId'>): CommandJob {
	const items = open.map(({ id, overwrites }) => {
		const own = overwrites.get(roleId);
		return { key: id, ...(own && { data: { allow: own.allow.toString(), deny: own.deny.toString() } }) };
	});
	return { kind: closeJob, title: { key: 'moderation:jobs.jail-close' }, items, permission: 'Administrator' };
}

/** Everybody in jail, who is let out before the jail is taken away. */
export function freeingOf(userIds: readonly string[], reason: string): CommandJob {
	const items = userIds.map((key) => ({ key }));
	return { kind: freeJob, title: { key: 'moderation:jobs.jail-free' }, items, payload: { reason }, permission: 'Administrator' };
}

export interface JailJobsParts {
	readonly setup: Pick<JailSetup, 'close' | 'dismantle'>;
	readonly perform: Moderation['perform'];
	readonly log: { warn(details: object, message: string): void };
}

/** The mass work of the jail. */
export function jailJobs({ setup, perform, log }: JailJobsParts): readonly JobKind[] {
	return [
		{
			kind: closeJob,
			module: 'moderation',
			async run(items, { guildId }) {
				const close = async ({ key, data }: JobItem): Promise<ItemResult> => {
					const done = await setup.close(guildId, key, overwriteIn(data));
					return { key, state: done ? 'done' : 'skipped' };
				};
				return Promise.all(items.map(close));
			}
		},
		{
			kind: freeJob,
			module: 'moderation',
			run: (items, job) => Promise.all(items.map(({ key }) => free(perform, key, job))),
			async finished({ guildId, actorId, state }) {
				if (state !== 'done') return;
				try {
					await setup.dismantle({ guildId, actorId }, waitMs);
				} catch (error) {
					// What is left lies in wait for its timer.
					if (discordSentence(error) === null) throw error;
					log.warn({ err: error, guild: guildId }, 'The jail could not be taken away');
				}
			}
		}
	];
}

/** On the bot's own account: the rank of whoever takes the jail away does not matter for that. */
async function free(perform: Moderation['perform'], userId: string, { guildId, payload }: Job): Promise<ItemResult> {
	const outcome = await perform({ type: 'unjail', guildId, targetId: userId, reason: textIn(payload, 'reason') });
	if (outcome.ok) return { key: userId, state: 'done' };
	if (outcome.code === 'not-jailed') return { key: userId, state: 'skipped' };
	return { key: userId, state: 'failed', why: failures[outcome.code] ?? 'refused' };
}

const failures: Readonly<Record<ActionRefused['code'], string>> = {
	'target-above-me': 'above-me',
	'target-not-found': 'unknown-user',
	'bot-permission': 'missing-permissions',
	'discord-away': 'discord-away'
};

function overwriteIn(data: unknown): Overwrite {
	return { allow: BigInt(textIn(data, 'allow') ?? 0), deny: BigInt(textIn(data, 'deny') ?? 0) };
}

function textIn(value: unknown, name: string): string | null {
	if (typeof value !== 'object' || value === null) return null;
	const found: unknown = Reflect.get(value, name);
	return typeof found === 'string' ? found : null;
}
