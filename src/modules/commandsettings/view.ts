import type { APIEmbed } from 'discord.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import { markup } from '#lib/core/markdown.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours } from '#lib/discord/theme.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type Alias, type CommandRules, everywhere } from './domain.js';
import { pathOf } from './targets.js';

export interface Wording {
	readonly t: Translate;
	readonly index: CommandIndex;
}

export function commandLines({ commands }: CommandRules, { t, index }: Wording): readonly string[] {
	const paths = [...commands].map((key) => pathOf(index, key)).sort();
	return paths.map((command) => t('commandsettings:off.line', { command }));
}

export function moduleLines({ modules }: CommandRules, { t }: Wording): readonly string[] {
	return [...modules].map(([module, places]) => {
		if (places.has(everywhere)) return t('commandsettings:modules.line', { module });
		return t('commandsettings:modules.line-channels', { module, channels: markup([...places].map((id) => `<#${id}>`).join(', ')) });
	});
}

export function restrictionLines({ restrictions }: CommandRules, { t, index }: Wording): readonly string[] {
	return [...restrictions].map(([key, roles]) =>
		t('commandsettings:restrictions.line', { command: pathOf(index, key), roles: markup(roles.map((id) => `<@&${id}>`).join(', ')) })
	);
}

export function aliasLines({ aliases }: CommandRules, { t, index }: Wording): readonly string[] {
	return [...aliases].map(([alias, target]) => t('commandsettings:aliases.line', aliasValues(alias, target, index)));
}

export function aliasValues(alias: string, target: Alias, index: CommandIndex): Values {
	return { alias, call: `${pathOf(index, target.command)} ${target.arguments}`.trim() };
}

/** For staff: these commands are open to everybody again. */
export function openedView(commands: readonly string[], t: Translate): APIEmbed {
	const values = { commands: commands.join(', '), count: commands.length };
	return fitEmbed({ color: colours.warning, description: t('commandsettings:restrictions.opened', values) });
}
