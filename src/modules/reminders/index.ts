import { chooseLocale } from '#lib/i18n/locale.js';
import type { Infrastructure } from '#lib/infrastructure.js';
import { remindersInChannels } from './channels.js';
import { reminderPoster } from './discord.js';
import type { ZoneSource } from './ports.js';
import { remindersPrivacy } from './privacy.js';
import { readerOf } from './reader.js';
import { reminderRepository } from './repository.js';
import { Reminders } from './service.js';

export type RemindersService = Reminders;

export interface RemindersNeeds {
	/** Clock times are meant in the person's own zone. */
	readonly zones: ZoneSource;
	/** The languages that were chosen with us. */
	readonly locales: { user(userId: string): string | null; guild(guildId: string): string | null };
}

/** Reminders: once or again and again, in the channel or as a direct message. */
export function remindersModule(
	{ channelReferences, clock, client, database, languages, logger, privacy, timers }: Infrastructure,
	{ zones, locales }: RemindersNeeds
): RemindersService {
	remindersPrivacy(privacy, database, timers);
	remindersInChannels(channelReferences);
	const speak = (userId: string, guildId: string | null) => {
		const locale = chooseLocale({ user: locales.user(userId), guild: guildId && locales.guild(guildId) }, languages.locales);
		return { t: languages.translator(locale), locale };
	};
	return new Reminders({
		reminders: reminderRepository(database, timers),
		poster: reminderPoster({ rest: client.rest, mayRead: readerOf(client), speak, log: logger }),
		zones,
		clock
	});
}
