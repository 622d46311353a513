import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { optional, rest } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { deedOf } from '#modules/channelstate/domain/mass.js';
import { place } from '#modules/channelstate/options.js';
import { ignoredLines } from '#modules/channelstate/view/ignored.js';
import { startMass } from './_mass.js';
import { performHere } from './_perform.js';

export const Lock = defineGroup({
	id: 'channelstate.lock',
	name: 'lock',
	default: sub({
		name: 'channel',
		slash: 'lock channel',
		permissions: { member: ['ManageChannels'] },
		options: { channel: optional(place({ withThreads: true })), reason: optional(rest({ max: 1_000 })) },
		run: (context, { channel, reason }) => performHere(context, { type: 'lock', channel, reason })
	}),
	subcommands: {
		viewall: sub({
			aliases: ['viewlockall'],
			slash: 'lock viewall',
			permissions: { member: ['Administrator'] },
			run: (context) => startMass(context, deedOf('view', true))
		}),
		ignore: sub({
			aliases: ['lockdown ignore', 'lockall ignore'],
			slash: 'lock ignore',
			permissions: { member: ['Administrator'] },
			options: { channel: optional(place({ byName: true })) },
			async run(context, { channel }) {
				const { channels } = container.services.channelstate;
				if (channel === null) {
					const ignored = await channels.ignored(context.guild.id);
					if (ignored.length === 0) throw refusal('channelstate', 'none-ignored');
					await context.paginate({ title: context.t('channelstate:ignore.title'), lines: ignoredLines(ignored, context.t) });
					return;
				}
				const outcome = await channels.toggleIgnored(context.guild.id, context.user.id, channel.id);
				if (!outcome.ok) throw refusal('channelstate', outcome.code, outcome.values);
				await context.success(outcome.value ? 'channelstate:ignore.on' : 'channelstate:ignore.off', { channel: channel.name });
			}
		})
	}
});
