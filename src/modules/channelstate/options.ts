import { ApplicationCommandOptionType, ChannelType, type GuildBasedChannel } from 'discord.js';
import { channel, duration } from '#lib/commands/options/index.js';
import { BadArgument, type OptionKind, type ReadContext } from '#lib/commands/options/option.js';

const threads = [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread] as const;

/** Channels in which people write or speak. */
const places = [
	ChannelType.GuildText,
	ChannelType.GuildVoice,
	ChannelType.GuildAnnouncement,
	ChannelType.GuildStageVoice,
	ChannelType.GuildForum
] as const;

interface PlaceOptions {
	readonly withThreads?: boolean;
	/** No free text follows: a name alone is always a channel. */
	readonly byName?: boolean;
}

/**
 * A channel. By prefix it must look like one (`#name`, a mention, an id) or its name must end the line: what follows is often a reason,
 * and "general rudeness" is not about #general. What looks like one and is none is refused, as is the name of one of another kind, so
 * that nothing happens elsewhere.
 */
export function place({ withThreads = false, byName = false }: PlaceOptions = {}): OptionKind<GuildBasedChannel> {
	const shown = [...places, ...(withThreads ? threads : [])];
	const kind = channel(...shown, ChannelType.GuildMedia);
	// A title of a thread may be any sentence.
	const isName = (words: string, { guild }: Pick<ReadContext, 'guild'>) =>
		guild?.channels.cache.some((one) => !one.isThread() && one.name.toLowerCase() === words.toLowerCase()) ?? false;
	return {
		...kind,
		// Discord's list of commands knows no media channels: by slash they are not offered.
		slash: channel(...shown).slash,
		// Voice channels and categories have spaces in their names.
		isOneValue: isName,
		async parse(typed, context) {
			const isMeant = /^(#|<#\d+>$|\d{17,20}$)/.test(typed);
			if (!isMeant && !byName && context.endsLine !== true) throw new BadArgument('channel-not-found', { given: typed });
			try {
				return await kind.parse(typed, context);
			} catch (error) {
				if (!(error instanceof BadArgument)) throw error;
				throw new BadArgument(error.code, error.values, isMeant || isName(typed, context));
			}
		}
	};
}

/** Discord: 6 hours. */
const slowestSeconds = 21_600;

/** How long one has to wait between two messages, in seconds: `off`, `10`, `10s`, `5m`. */
export function delay(): OptionKind<number> {
	const kind = duration({ min: 1_000, max: slowestSeconds * 1_000 });
	return {
		label: 'duration',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 1, max_length: 20 },
		async parse(typed, context) {
			if (/^(off|none|0+)$/i.test(typed)) return 0;
			const milliseconds = await kind.parse(/^\d+$/.test(typed) ? `${typed}s` : typed, context);
			return Math.round(milliseconds / 1_000);
		}
	};
}

/** How long something lasts, in milliseconds: by prefix with the word before it, `for 1h`. */
export function lasting(limits: { readonly min: number; readonly max: number }): OptionKind<number> {
	const kind = duration(limits);
	return { ...kind, takes: 'rest', parse: (typed, context) => kind.parse(typed.replace(/^for\s+/i, ''), context) };
}
