import { expect, test } from 'vitest';
import { picture } from '../support/chromium.js';
import { describePlayground } from '../support/playground.js';

describePlayground('a visitor of the playground', (stage) => {
	test('types ;ping, and reads the answer as an embed below his message', async () => {
		const { adam, page } = stage;
		await adam.say(';ping');
		const answer = adam.message(/Pong! .*Answer|answer/);
		await answer.waitFor();
		expect(await answer.locator('.embed').textContent()).toMatch(/@Adam: Pong! .*\d+ ms/);
		expect(await answer.locator('.above').textContent()).toContain(';ping');
		await picture(page, 'playground-ping');
	});

	test('chooses /remind with the keyboard, fills in its options, and the clock brings the reminder', async () => {
		const { adam, page } = stage;
		await adam.composer.fill('/remind');
		const list = adam.pane.getByRole('listbox', { name: 'Suggestions' });
		await list.waitFor();
		await picture(page, 'playground-picker');
		const chosen = list.getByRole('option', { selected: true });
		const before = await chosen.textContent();
		await adam.composer.press('ArrowDown');
		expect(await chosen.textContent()).not.toBe(before);
		await adam.composer.press('Escape');
		expect(await list.count()).toBe(0);

		const form = await adam.choose('remind');
		await form.press('Enter');
		expect(await form.getByRole('alert').textContent()).toContain('this option is needed');
		await form.getByRole('textbox', { name: 'when' }).fill('10m');
		await form.getByRole('textbox', { name: 'text' }).fill('water the flowers');
		await picture(page, 'playground-options');
		await form.getByRole('textbox', { name: 'text' }).press('Enter');
		await adam.message('I will remind you').waitFor();
		await page.getByRole('button', { name: 'An hour later' }).click();
		await adam.message(/⏰[\s\S]*water the flowers/).waitFor();
		await picture(page, 'playground-reminder');
	});

	test('turns pages by a button, and goes to one by a form', async () => {
		const { adam, page } = stage;
		await adam.say(';help prefix');
		await adam.message('Page 1 of 3').getByRole('button', { name: '▶️' }).click();
		await adam.message('Page 2 of 3').getByRole('button', { name: '🔢' }).click();
		const form = adam.pane.getByRole('dialog');
		await form.getByRole('textbox').fill('3');
		await picture(page, 'playground-form');
		await form.getByRole('button', { name: 'Submit' }).click();
		await adam.message('Page 3 of 3').waitFor();
		expect(await form.count()).toBe(0);
		await picture(page, 'playground-pager');
	});

	test('opens a category of the menu with the arrow keys, and the names of commands are offered while he types', async () => {
		const { page } = stage;
		const carlos = await stage.actAs('Carlos');
		await carlos.say(';help');
		const menu = carlos.message('Evict Command Menu');
		const select = menu.getByRole('combobox');
		await select.focus();
		await select.press('ArrowDown');
		await select.press('ArrowDown');
		await picture(page, 'playground-select');
		const wanted = (await menu.getByRole('option', { selected: true }).locator('.option-label').textContent()) ?? '';
		await select.press('Enter');
		await carlos.log
			.getByRole('listitem')
			.filter({ has: page.getByText(wanted) })
			.last()
			.waitFor();

		const form = await carlos.choose('help');
		await form.getByRole('button', { name: '+ command' }).click();
		await form.getByRole('combobox', { name: 'command' }).fill('selfpre');
		await form.getByRole('option', { name: 'selfprefix' }).waitFor();
		await picture(page, 'playground-autocomplete');
		await form.getByRole('combobox', { name: 'command' }).press('Enter');
		await form.getByRole('combobox', { name: 'command' }).press('Enter');
		await carlos.message(';selfprefix <prefix>').waitFor();
	});

	test('sees an answer that is for one alone as that one, and not as the other', async () => {
		const { page } = stage;
		const dana = await stage.actAs('Dana');
		const bella = await stage.besideBella('bot-commands', dana);
		await dana.say(';help prefix');
		await bella.message('Page 1 of 3').getByRole('button', { name: '▶️' }).click();
		const refusal = bella.message('Only the person who used the command can do this.');
		await refusal.getByText('Only you can see this').waitFor();
		expect(await dana.log.getByText('Only the person who used the command can do this.').count()).toBe(0);
		await picture(page, 'playground-ephemeral');
		await refusal.getByRole('button', { name: 'Dismiss message' }).click();
		expect(await bella.log.getByText('Only you can see this').count()).toBe(0);
	});

	test('lets a request fail from the menu, and reads in the ledger what the bot did', async () => {
		const { page } = stage;
		const emil = await stage.actAs('Emil');
		await page.getByRole('button', { name: 'Ledger', exact: true }).click();
		const ledger = page.getByRole('complementary', { name: 'Ledger' });
		await page.getByRole('button', { name: 'Faults' }).click();
		await page.getByRole('menuitem', { name: '503 Service Unavailable' }).click();
		await emil.say(';ping');
		await ledger.getByText('503').first().waitFor();
		await ledger.getByText('sent a message').first().waitFor();
		await emil.message(/Pong!/).waitFor();
		await picture(page, 'playground-ledger');
		await page.getByRole('button', { name: 'Faults' }).click();
		await page.getByRole('menuitem', { name: 'Everything works again' }).click();
	});
});
