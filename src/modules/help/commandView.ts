import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Cooldown } from '#lib/commands/definition.js';
import { COMMON_LIMITS } from '#lib/commands/guards/cooldowns.js';
import type { Leaf } from '#lib/commands/leaf.js';
import type { OwnCall } from '#lib/commands/ownWords.js';
import { slashUsage, usage } from '#lib/commands/usage.js';
import { codeBlock, inlineCode, markup } from '#lib/core/markdown.js';
import { formatDuration } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { permissionList } from '#lib/discord/permissions.js';
import { colours, marks } from '#lib/discord/theme.js';
import { refusalText } from '#lib/errors/refusalText.js';
import type { Access } from './access.js';
import type { Wording } from './view.js';

/** Everything about one command, read from its definition and from the guards that decide about it. `own`: the server's word by which it was found. */
export function commandView(leaf: Leaf, access: Access, categoryName: string, wording: Wording, own: OwnCall | null = null): APIEmbed {
	const { t, languages, locale, prefix } = wording;
	const text = languages.command(leaf.id, locale);
	const field = (name: APIEmbedField['name'], value: string | null, inline = true): APIEmbedField[] =>
		value === null || value === '' ? [] : [{ name, value, inline }];
	const slash = slashUsage(leaf);
	const [example] = text.examples;

	return fitEmbed({
		color: access.state === 'open' ? colours.accent : colours.neutral,
		title: leaf.path,
		description: [ownLine(own, wording), text.description, text.details, stateLine(access, wording)]
			.filter((line) => line !== undefined)
			.join('\n\n'),
		fields: [
			...field(t('help:command.usage'), codeBlock(usage(leaf, prefix)), false),
			...field(t('help:command.options'), optionList(leaf, text.options), false),
			...field(t('help:command.example'), example === undefined ? null : codeBlock(`${prefix}${example}`), false),
			...field(t('help:command.aliases'), leaf.aliases.map(inlineCode).join(', ')),
			...field(t('help:command.permissions'), permissionsOf(leaf, wording)),
			...field(t('help:command.bot-permissions'), permissionList(leaf.permissions.bot, t, locale)),
			...field(t('help:command.cooldown'), cooldownOf(leaf.cooldown, wording)),
			...field(t('help:command.slash'), slash === null ? t('help:command.no-slash') : inlineCode(slash)),
			...field(t('help:command.where'), t(`help:where.${leaf.where}`))
		],
		footer: { text: t('help:command.footer', { module: categoryName }) }
	});
}

function ownLine(own: OwnCall | null, { t }: Wording): string | undefined {
	return own === null ? undefined : t('commandsettings:aliases.stands-for', { alias: own.word, call: own.call });
}

function stateLine({ state, reason }: Access, { t, languages }: Wording): string | undefined {
	if (state === 'open' || reason === null) return undefined;
	const mark = markup(state === 'off' ? marks.off : marks.locked);
	return t('help:command.state', { mark, reason: markup(refusalText(reason, t, languages)) });
}

function permissionsOf({ permissions: { member, guildOwner, staff } }: Leaf, { t, locale }: Wording): string {
	if (staff !== null) return t(`help:staff.${staff}`);
	if (guildOwner) return t('help:command.guild-owner');
	return member.length === 0 ? t('help:command.everybody') : permissionList(member, t, locale);
}

function optionList({ options }: Leaf, texts: Readonly<Record<string, string>>): string {
	return [...options.keys()].map((name) => `${inlineCode(name)} ${texts[name] ?? ''}`).join('\n');
}

/** The limits of features 1.13, as the cooldown guard keeps them. */
function cooldownOf(cooldown: Cooldown, { t, locale }: Wording): string {
	const bucket = typeof cooldown === 'string' ? COMMON_LIMITS[cooldown] : cooldown;
	return t(`help:cooldown.${bucket.scope}`, { count: bucket.uses, time: formatDuration(bucket.seconds * 1000, locale) });
}
