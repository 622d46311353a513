import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { optional, rest, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { cut, limits } from '#lib/discord/limits.js';
import { notice } from '#lib/discord/theme.js';
import { refusal } from '#lib/errors/refusal.js';
import { zoneKey, zoneSelect, zoneValues } from '#modules/timezones/view.js';

export const Timezone = defineGroup({
	id: 'timezones.timezone',
	name: 'timezone',
	aliases: ['tz'],
	default: sub({
		name: 'view',
		where: 'both',
		slash: 'timezone view',
		options: { member: optional(user()) },
		async run(context, { member }) {
			const person = member ?? context.user;
			const zone = await container.services.timezones.zoneOf(person.id);
			const own = person.id === context.user.id;
			if (zone === null) {
				if (own) throw refusal('timezones', 'own-unknown', { command: `${context.prefix}timezone set` });
				throw refusal('timezones', 'other-unknown', { member: person.displayName });
			}
			const values = zoneValues(zone, container.kit.clock.now(), context.locale);
			if (own) await context.neutral(zoneKey('view.own', zone), values);
			else await context.neutral(zoneKey('view.other', zone), { ...values, member: markup(`<@${person.id}>`) });
		}
	}),
	subcommands: {
		set: sub({
			where: 'both',
			stores: true,
			slash: 'timezone set',
			options: { place: rest({ max: 100, autocomplete: (typed) => placeChoices(typed) }) },
			async run(context, { place }) {
				const outcome = await container.services.timezones.choose(context.user.id, place);
				if (!outcome.ok) throw refusal('timezones', outcome.code, outcome.values);
				const now = container.kit.clock.now();
				if ('zone' in outcome.value) {
					const { zone } = outcome.value;
					await context.success(zoneKey('set.done', zone), zoneValues(zone, now, context.locale));
					return;
				}
				await context.reply({
					embeds: [notice('neutral', context.t('timezones:set.ambiguous', { given: place }), context.user)],
					components: [zoneSelect(context.user.id, outcome.value.matches, now, context.t, context.locale)]
				});
			}
		}),
		unset: sub({
			where: 'both',
			slash: 'timezone unset',
			async run(context) {
				const had = await container.services.timezones.unset(context.user.id);
				await (had ? context.success('timezones:unset.done') : context.neutral('timezones:unset.none'));
			}
		})
	}
});

function placeChoices(typed: string) {
	return container.services.timezones.suggest(typed).map(({ zone, place }) => ({
		name: cut(place === zone ? zone : `${place} (${zone})`, limits.choice),
		value: zone
	}));
}
