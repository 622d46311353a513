import { expect, test } from 'vitest';
import { refusalText } from '#lib/errors/refusalText.js';
import { loadLanguages } from '#lib/i18n/languages.js';

const languages = loadLanguages();
const say = (code: string, values: Record<string, string | number>) =>
	refusalText({ module: 'commands', code, values }, languages.translator('en-US'), languages);

test('what a person typed is quoted up to a hundred characters', () => {
	const usage = ';seen <member>';
	expect(say('user-not-found', { given: 'w'.repeat(100), usage })).toContain(`\`${'w'.repeat(100)}\``);
	expect(say('user-not-found', { given: 'w'.repeat(1_950), usage })).toContain(`\`${'w'.repeat(99)}…\``);
	expect(say('too-many-arguments', { extra: 'w '.repeat(900), usage }).length).toBeLessThan(250);
});

test('permissions are called what Discord calls them', () => {
	expect(say('missing-permissions', { permissions: 'ManageGuild, BanMembers' })).toContain('Manage Server, Ban Members');
});
