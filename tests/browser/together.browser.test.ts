import { expect, test } from 'vitest';
import { Api, asObjects } from '../../emulator/driver/api.js';
import { picture } from '../support/chromium.js';
import { describePlayground } from '../support/playground.js';
import { Visitor } from '../support/visitor.js';

describePlayground('two members side by side', (stage) => {
	test('one writes, the other sees it typed, sent, edited, answered, reacted to and deleted', async () => {
		const { adam, page } = stage;
		const bella = await stage.besideBella('general');
		await adam.composer.pressSequentially('Hello **Bella**');
		await bella.pane.getByText('Adam is typing…').waitFor();
		await adam.composer.press('Enter');
		const message = bella.message('Hello Bella');
		await message.locator('strong', { hasText: 'Bella' }).waitFor();

		await adam.composer.press('ArrowUp');
		const field = adam.pane.getByRole('textbox', { name: 'Edit the message' });
		await field.fill('Hello <@1> *dear* Bella');
		await field.press('Enter');
		await bella.message('dear').getByText('(edited)').waitFor();

		await bella.message('dear').hover();
		await bella.message('dear').getByRole('button', { name: 'Add a reaction' }).click();
		await page
			.getByRole('menuitem', { name: '🎉' })
			.or(page.getByRole('button', { name: '🎉', exact: true }))
			.first()
			.click();
		const reaction = adam.message('dear').getByRole('button', { name: '🎉: 1' });
		await reaction.waitFor();
		expect(await reaction.getAttribute('aria-pressed')).toBe('false');
		await reaction.click();
		await adam.message('dear').getByRole('button', { name: '🎉: 2', pressed: true }).waitFor();
		await adam.message('dear').getByRole('button', { name: '🎉: 2' }).click();
		await bella.message('dear').getByRole('button', { name: '🎉: 1', pressed: true }).waitFor();

		await bella.message('dear').hover();
		await bella.message('dear').getByRole('button', { name: 'Reply' }).click();
		await bella.composer.fill('Hello Adam');
		await bella.composer.press('Enter');
		await adam.message('Hello Adam').locator('.above').getByText('dear').waitFor();
		await picture(page, 'together-talk');

		await adam.log.locator('.content', { hasText: 'dear' }).click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await bella.log.getByText('Hello Adam').waitFor();
		await bella.log.locator('.content', { hasText: 'dear' }).waitFor({ state: 'detached' });
	});

	test('a file is sent and shown, a thread opened and entered, and a mention chosen from the list', async () => {
		const { adam, page } = stage;
		const bella = await stage.besideBella('general');
		const picturePng = Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
			'base64'
		);
		await adam.pane.getByLabel('Add files').setInputFiles([
			{ name: 'dot.png', mimeType: 'image/png', buffer: picturePng },
			{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }
		]);
		await adam.composer.fill('Two files for @bel');
		await adam.pane.getByRole('option', { name: 'Bella', selected: true }).waitFor();
		await adam.composer.press('Enter');
		await adam.composer.press('Enter');
		const message = bella.message('Two files for @Bella');
		await message.getByRole('img', { name: 'dot.png' }).waitFor();
		await message.getByRole('link', { name: /notes\.txt/ }).waitFor();
		expect(await message.getAttribute('class')).toContain('mentioned');

		await message.click({ button: 'right', position: { x: 300, y: 20 } });
		await page.getByRole('menuitem', { name: 'Start a thread' }).click();
		await adam
			.message('Two files')
			.getByRole('button', { name: /Two files/ })
			.click();
		await adam.pane.getByRole('heading', { level: 1, name: 'Two files for @Bella' }).waitFor();
		await adam.say('inside');
		await adam.message('inside').waitFor();
		expect(await bella.log.getByText('inside').count()).toBe(0);
		await picture(page, 'together-files');
	});

	test('staff channels are hidden, roles are listed, and one can become anybody', async () => {
		const { adam, page } = stage;
		const channels = adam.pane.getByRole('navigation', { name: 'Channels' });
		expect(await channels.getByRole('button', { name: 'staff-room' }).count()).toBe(0);
		await adam.pane.getByRole('tab', { name: 'Roles' }).click();
		await adam.pane.getByRole('complementary').getByText('Booster').waitFor();
		await adam.pane.getByRole('tab', { name: 'Members' }).click();
		await adam.pane
			.getByRole('complementary')
			.getByRole('button', { name: /Fatima/ })
			.click();
		await picture(page, 'together-member');
		await page.getByRole('menuitem', { name: 'Act as Fatima' }).click();
		const fatima = new Visitor(page, 'Fatima');
		const hers = fatima.pane.getByRole('navigation', { name: 'Channels' });
		await hers.getByRole('button', { name: 'staff-room' }).click();
		await fatima.message('Who takes the tickets').waitFor();
	});

	test('who joins a voice channel is seen in it by the other, until he leaves', async () => {
		const { adam } = stage;
		const bella = await stage.besideBella('general');
		const lines = bella.pane.locator('.voice-member', { hasText: 'Adam' });
		const channels = adam.pane.getByRole('navigation', { name: 'Channels' });
		await channels.getByRole('button', { name: 'Lounge' }).click();
		await channels.getByText('Voice connected').waitFor();
		await lines.waitFor();
		await channels.getByRole('button', { name: 'Leave the voice channel' }).click();
		await lines.waitFor({ state: 'detached' });
	});

	test('somebody who may not write is told so, and a direct message to the bot is answered', async () => {
		const { adam, page } = stage;
		await adam.openChannel('rules');
		expect(await adam.composer.isDisabled()).toBe(true);
		await adam.pane.getByRole('complementary').getByRole('button', { name: /Evict/ }).click();
		await page.getByRole('menuitem', { name: 'Message' }).click();
		await adam.say(';ping');
		await adam.message('Pong!').waitFor();
	});

	test('commands of menus are offered on people and messages, and silence of the bot is told', async () => {
		const { adam, page, house } = stage;
		const { api, botToken, applicationId } = house.discord.description;
		const bot = new Api(`${api}/v10`, `Bot ${botToken}`);
		const made = await Promise.all([
			bot.post(`/applications/${applicationId}/commands`, { type: 2, name: 'Who is this' }),
			bot.post(`/applications/${applicationId}/commands`, { type: 3, name: 'Quote' })
		]);
		await adam.openChannel('suggestions');
		await adam.message('A bench at the lake?').click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Quote' }).click();
		await adam.message('Adam used /Quote').getByText('This command has changed.').waitFor();

		await page.getByRole('button', { name: 'Faults' }).click();
		await page.getByRole('menuitem', { name: 'Lose the next event' }).click();
		await adam.pane.getByRole('complementary').getByRole('button', { name: 'Carlos' }).click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Who is this' }).click();
		await adam.log.getByText('Sending Who is this…').waitFor();
		await house.passTime({ seconds: 4 });
		const notice = adam.log.getByRole('alert').filter({ hasText: 'Who is this: the application did not respond.' });
		await notice.getByRole('button', { name: 'Dismiss' }).click();
		expect(await notice.count()).toBe(0);
		await house.discord.faults.clear();
		for (const command of asObjects(made)) await bot.delete(`/applications/${applicationId}/commands/${String(command['id'])}`);
	});
});
