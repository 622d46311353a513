import { container } from '@sapphire/pieces';
import { rest } from '#lib/commands/options/index.js';
import type { Autocomplete } from '#lib/commands/options/option.js';
import { byModerator, caseNumber, caseSpan, caseType, findType, userUnless } from '#modules/moderation/options.js';
import { caseChoice } from '#modules/moderation/view/caseLists.js';

/** What an action is called in a language. */
export function labelsIn(locale: string): (type: string) => string {
	const t = container.kit.languages.translator(locale);
	return (type) => container.services.moderation.labelOf(type, t);
}

/** The newest cases that fit what was typed. */
async function casesLike(typed: string, guildId: string | null, locale: string) {
	if (guildId === null) return [];
	const found = await container.services.moderation.cases.suggest(guildId, typed);
	const { cache } = container.client.users;
	return found.map((one) => caseChoice(one, labelsIn(locale), (id) => cache.get(id)?.username ?? id));
}

/** Reasons that this server gave lately. */
const reasons: Autocomplete = async (typed, { guildId }) => {
	if (guildId === null) return [];
	const found = await container.services.moderation.cases.recentReasons(guildId, typed);
	return found.map((value) => ({ name: value, value }));
};

const types: Autocomplete = (typed, { locale }) => {
	const label = labelsIn(locale);
	const choices = allTypes().map((value) => ({ name: label(value), value }));
	return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(typed.toLowerCase()));
};

function allTypes(): readonly string[] {
	return container.services.moderation.moderation.actions.all().map(({ type }) => type);
}

/** Why something is done; offers what was given as a reason lately. */
export const reasonOption = () => rest({ max: 1_000, autocomplete: reasons });

export const caseNumberOption = () => caseNumber((typed, { guildId, locale }) => casesLike(typed, guildId, locale));

/** As text, since a range is none of its suggestions. */
export const caseSpanOption = () =>
	caseSpan(async (typed, { guildId, locale }) => {
		const found = await casesLike(typed, guildId, locale);
		return found.map(({ name, value }) => ({ name, value: String(value) }));
	});

export const typeOption = () => caseType(allTypes, types);
export const byOption = () => byModerator(allTypes);
/** Somebody; `by` and the names of types are none. */
export const aboutOption = () => userUnless((word) => word.toLowerCase() === 'by' || findType(word, allTypes()) !== null);
