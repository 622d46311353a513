import type { APIEmbed } from 'discord.js';
import { type Markup, markup } from '#lib/core/markdown.js';
import { formatDuration } from '#lib/discord/format.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type SettingKey, settingKeys } from '../service/settingChange.js';
import type { ModerationSettings } from '../settings.js';
import type { ListWords } from './caseLists.js';

const shownText = 200;

export interface ConfigWords extends ListWords {
	/** Types of actions whose target can be told. */
	readonly told: readonly string[];
}

/** Everything that is set. */
export function configEmbed(settings: ModerationSettings, words: ConfigWords): APIEmbed {
	const { t } = words;
	const { logChannelId, jailRoleId, protectedRoleIds } = settings;
	const places = [
		{ name: t('moderation:config.names.log'), value: channelText(logChannelId, t) },
		{ name: t('moderation:config.names.jail'), value: jailRoleId === null ? t('moderation:config.none') : `<@&${jailRoleId}>` },
		{ name: t('moderation:config.names.protected'), value: rolesText(protectedRoleIds, t) }
	];
	const chosen = settingKeys.map((key) => ({ name: t(`moderation:config.names.${key}`), value: settingText(key, settings, words) }));
	const fields = [...places, ...chosen].map((field) => ({
		...field,
		value: cut(field.value, limits.fieldValue),
		inline: field.name.length < 30
	}));
	return fitEmbed({ color: colours.neutral, title: t('moderation:config.title'), fields });
}

/** One setting in words. */
export function settingText(key: SettingKey, settings: ModerationSettings, words: ConfigWords): string {
	const { t, locale } = words;
	const onOff = (value: boolean) => t(value ? 'moderation:config.on' : 'moderation:config.off');
	switch (key) {
		case 'require-reason':
			return onOff(settings.requireReason);
		case 'confirm-ban':
			return onOff(settings.confirmBan);
		case 'mute-length':
			return formatDuration(settings.defaultMuteSeconds * 1000, locale);
		case 'delete-days':
			return t('moderation:config.days', { count: settings.deleteMessageSeconds / 86_400 });
		case 'external':
			return t(`moderation:config.external.${settings.externalCases}`);
		case 'dm':
			return words.told.map((type) => messageText(type, settings, words)).join('\n');
	}
}

function messageText(type: string, { dmActions, dmTexts }: ModerationSettings, { t, labelOf }: ConfigWords): string {
	const label = labelOf(type);
	if (!dmActions.includes(type)) return t('moderation:config.dm-off', { label });
	const text = dmTexts[type];
	return text === undefined
		? t('moderation:config.dm-on', { label })
		: t('moderation:config.dm-text', { label, text: cut(text, shownText) });
}

export function channelText(channelId: string | null, t: Translate): string {
	return channelId === null ? t('moderation:config.none') : `<#${channelId}>`;
}

/** For the sentence that something is set anew. */
export function changeValues(
	key: SettingKey,
	before: ModerationSettings,
	after: ModerationSettings,
	words: ConfigWords
): Record<string, Markup> {
	if (key !== 'dm') {
		const shown = (settings: ModerationSettings) => markup(settingText(key, settings, words));
		return { name: markup(words.t(`moderation:config.names.${key}`)), before: shown(before), after: shown(after) };
	}
	// Of all messages the one that was changed.
	const type = words.told.find((one) => messageText(one, before, words) !== messageText(one, after, words)) ?? '';
	const shown = (settings: ModerationSettings) => markup(messageText(type, settings, words));
	return { name: markup(words.t('moderation:config.names.dm')), before: shown(before), after: shown(after) };
}

export function rolesText(roleIds: readonly string[], t: Translate): string {
	return roleIds.length === 0 ? t('moderation:config.none') : roleIds.map((id) => `<@&${id}>`).join(', ');
}
