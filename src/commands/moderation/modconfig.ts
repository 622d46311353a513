import { container } from '@sapphire/pieces';
import { choice, optional, rest } from '#lib/commands/options/index.js';
import type { Autocomplete } from '#lib/commands/options/option.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { refusal } from '#lib/errors/refusal.js';
import { settingKeys } from '#modules/moderation/service/settingChange.js';
import { changeValues, configEmbed, settingText } from '#modules/moderation/view/config.js';
import { labelsIn } from './_options.js';

const values: Autocomplete = (typed, { others }) => {
	const offered = offersFor(String(others['key'] ?? ''));
	return offered.filter((value) => value.includes(typed.toLowerCase())).map((value) => ({ name: value, value }));
};

function offersFor(key: string): readonly string[] {
	switch (key) {
		case 'require-reason':
		case 'confirm-ban':
			return ['on', 'off'];
		case 'mute-length':
			return ['10m', '1h', '6h', '1d', '7d'];
		case 'delete-days':
			return ['0', '1', '7'];
		case 'external':
			return ['all', 'no-roles', 'none'];
		case 'dm':
			return container.services.moderation.setup.toldTypes().flatMap((type) => [`${type} on`, `${type} off`, `${type} default`]);
		default:
			return [];
	}
}

export const Modconfig = defineCommand({
	id: 'moderation.modconfig',
	name: 'modconfig',
	slash: 'mod config',
	permissions: { member: ['Administrator'] },
	options: { key: optional(choice(settingKeys)), value: optional(rest({ max: 1_100, autocomplete: values })) },
	async run(context, { key, value }) {
		const { moderation, setup } = container.services.moderation;
		const { guild, user, t, locale } = context;
		const words = { t, locale, labelOf: labelsIn(locale), told: setup.toldTypes() };
		// A word that is no setting would be taken for the value of none.
		if (key === null && value !== null) throw refusal('moderation', 'no-such-setting', { given: value, keys: settingKeys.join(', ') });
		if (key === null) return void (await context.reply({ embeds: [configEmbed(await moderation.settings(guild.id), words)] }));
		const name = markup(t(`moderation:config.names.${key}`));
		if (value === null) {
			const now = markup(settingText(key, await moderation.settings(guild.id), words));
			await context.neutral('moderation:config.now', { name, now });
			return;
		}
		const outcome = await setup.set({ guildId: guild.id, actorId: user.id }, key, value);
		if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
		await context.success('moderation:config.changed', changeValues(key, outcome.value.before, outcome.value.after, words));
	}
});
