import { type APIActionRowComponent, type APIEmbed, type APIStringSelectComponent, ComponentType } from 'discord.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { inlineCode, markup } from '#lib/core/markdown.js';
import { cut, fitEmbed, limits } from '#lib/discord/limits.js';
import { colours, marks } from '#lib/discord/theme.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';
import type { Access } from './access.js';
import type { Category } from './catalogue.js';
import { helpCategoryId } from './ids.js';

/** What every page of the help needs to be put into words. */
export interface Wording {
	readonly t: Translate;
	readonly locale: string;
	readonly languages: Languages;
	/** What is typed here before a command. */
	readonly prefix: string;
}

export interface Links {
	readonly commands: string | null;
	readonly support: string | null;
	readonly invite: string;
}

export interface MenuPage {
	readonly avatar: string;
	readonly commands: number;
	readonly categories: number;
	readonly links: Links;
}

/** The first page: what the marks mean, and where else to look. */
export function menuView({ avatar, commands, categories, links }: MenuPage, { t, prefix }: Wording): APIEmbed {
	const link = (key: 'website' | 'support' | 'invite', address: string | null) =>
		address === null ? [] : [t(`help:menu.links.${key}`, { link: markup(address) })];
	const lines = [
		t('help:menu.text', { prefix, commands, categories }),
		'',
		t('help:menu.legend', { locked: markup(marks.locked), off: markup(marks.off) }),
		t('help:menu.brackets'),
		'',
		[...link('website', links.commands), ...link('support', links.support), ...link('invite', links.invite)].join(' ・ ')
	];
	return fitEmbed({ color: colours.accent, title: t('help:menu.title'), thumbnail: { url: avatar }, description: lines.join('\n') });
}

/** One command in a list. */
export interface Entry {
	readonly leaf: Leaf;
	readonly access: Access;
}

const markOf: Readonly<Record<Access['state'], string>> = { open: '', locked: `${marks.locked} `, off: `${marks.off} ` };

/** The commands of a category: with what they do, or by their names alone where there are too many for one page. */
export function categoryView(name: string, entries: readonly Entry[], wording: Wording): APIEmbed {
	const { t, languages, locale, prefix } = wording;
	const call = ({ leaf, access }: Entry) => `${markOf[access.state]}${inlineCode(`${prefix}${leaf.path}`)}`;
	const told = entries.map((entry) => `${call(entry)} ${languages.command(entry.leaf.id, locale).description}`).join('\n');
	const named = entries.map(call).join(', ');
	return fitEmbed({
		color: colours.accent,
		title: name,
		description: told.length <= limits.description ? told : named,
		footer: { text: t('help:category.footer', { count: entries.length }) }
	});
}

/** One select for each 25 categories: Discord takes no more in one. */
export function categorySelects(
	categories: readonly Category[],
	userId: string,
	t: Translate
): APIActionRowComponent<APIStringSelectComponent>[] {
	const rows: APIActionRowComponent<APIStringSelectComponent>[] = [];
	for (let start = 0; start < categories.length; start += limits.selectOptions) {
		const shown = categories.slice(start, start + limits.selectOptions);
		const options = shown.map(({ module, name }) => ({ label: cut(name, limits.selectOption), value: module }));
		const placeholder = cut(t('help:menu.choose', { first: shown[0]?.name ?? '', last: shown.at(-1)?.name ?? '' }), limits.placeholder);
		const select: APIStringSelectComponent = {
			type: ComponentType.StringSelect,
			custom_id: helpCategoryId.encode({ userId, part: rows.length }),
			placeholder,
			options
		};
		rows.push({ type: ComponentType.ActionRow, components: [select] });
	}
	return rows;
}
