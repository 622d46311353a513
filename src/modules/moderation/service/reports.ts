import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { ModerationSettings } from '../settings.js';

/** A message that something is about, with what it said. */
export interface AboutMessage {
	readonly channelId: string;
	readonly messageId: string;
	readonly text: string;
}

/** What a member tells the staff about somebody. */
export interface Report {
	readonly guildId: string;
	readonly reporter: { readonly id: string; readonly username: string };
	readonly user: { readonly id: string; readonly username: string };
	readonly reason: string;
	readonly message: AboutMessage | null;
}

export interface ReportParts {
	readonly botId: () => string;
	readonly keyValue: Pick<KeyValue, 'setIfAbsent' | 'delete'>;
	/** Shows it to the staff, with the buttons of the panel. */
	readonly post: (channelId: string, report: Report) => Promise<'sent' | 'gone' | 'forbidden'>;
	readonly settings: CachedSettings<ModerationSettings>;
}

export type ReportRefusal = 'report-self' | 'report-me' | 'no-staff-channel' | 'report-too-soon' | 'report-not-sent';

/** A member reports once a minute. */
const pauseMs = 60_000;

/** Brings a report to the staff. */
export async function sendReport({ botId, keyValue, post, settings }: ReportParts, report: Report): Promise<Outcome<null, ReportRefusal>> {
	const { guildId, reporter, user } = report;
	if (user.id === reporter.id) return refuse('report-self');
	if (user.id === botId()) return refuse('report-me');
	const { logChannelId } = (await settings.get(guildId)).settings;
	if (logChannelId === null) return refuse('no-staff-channel');
	const key = `moderation:report:${guildId}:${reporter.id}`;
	if (!(await keyValue.setIfAbsent(key, 1, pauseMs))) return refuse('report-too-soon');
	let posted: Awaited<ReturnType<ReportParts['post']>> | null = null;
	try {
		posted = await post(logChannelId, report);
	} finally {
		// What did not arrive is no report: it may be tried again at once.
		if (posted !== 'sent') await keyValue.delete(key);
	}
	return posted === 'sent' ? accept(null) : refuse('report-not-sent');
}
