import { copyFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Api } from '../../emulator/driver/api.js';
import { picture } from '../support/chromium.js';
import { describePlayground, type Stage } from '../support/playground.js';

const readmePicture = fileURLToPath(new URL('../../docs/playground.png', import.meta.url));

/** The bot's own requests, for messages that no command of it writes yet. */
function asBot({ house }: Stage): Api {
	const { api, botToken } = house.discord.description;
	return new Api(`${api}/v10`, `Bot ${botToken}`);
}

/** Every component that a message can have, of both kinds. */
function everything(cdn: string) {
	const media = { url: `${cdn}/embed/avatars/0.png` };
	const select = (type: number, custom_id: string, placeholder: string) => ({ type: 1, components: [{ type, custom_id, placeholder }] });
	return [
		{
			type: 17,
			accent_color: 0x5865f2,
			components: [
				{
					type: 9,
					components: [{ type: 10, content: '## Town hall\nThe **council** meets <t:1800000000:R>' }],
					accessory: { type: 11, media }
				},
				{ type: 14, divider: true, spacing: 1 },
				{ type: 12, items: [{ media }, { media, description: 'a square' }] },
				{
					type: 9,
					components: [{ type: 10, content: 'Will you come?' }],
					accessory: { type: 2, style: 3, label: 'Yes', custom_id: 'yes' }
				},
				{
					type: 1,
					components: [
						{ type: 2, style: 5, label: 'Map', url: 'https://example.com/' },
						{ type: 2, style: 4, label: 'Closed', custom_id: 'closed', disabled: true }
					]
				}
			]
		},
		select(5, 'people', 'Choose people'),
		select(6, 'roles', 'Choose roles'),
		select(7, 'anything', 'Choose anybody'),
		select(8, 'channels', 'Choose a channel')
	];
}

describePlayground('how the playground looks', (stage) => {
	test('components of the second kind and all selects are drawn, and what is chosen reaches the bot', async () => {
		const { adam, page, house } = stage;
		await adam.openChannel('levels');
		const channel = (await asBot(stage).get(`/guilds/${house.discord.home.id}/channels`)) as { id: string; name: string }[];
		const levels = channel.find(({ name }) => name === 'levels')?.id ?? '';
		await asBot(stage).post(`/channels/${levels}/messages`, { flags: 1 << 15, components: everything(house.discord.description.cdn) });
		const message = adam.message('Town hall');
		await message.locator('img.thumbnail').waitFor();
		// A string: this project is compiled without the browser's types.
		expect(await page.evaluate(`document.querySelector('img[alt="a square"]').naturalWidth`)).toBe(64);
		expect(await message.getByRole('button', { name: 'Closed' }).isDisabled()).toBe(true);
		expect(await message.getByRole('link', { name: 'Map' }).getAttribute('href')).toBe('https://example.com/');
		await picture(page, 'look-components');

		for (const [placeholder, wanted] of [
			['Choose people', 'Carlos'],
			['Choose roles', 'Gold'],
			['Choose anybody', 'Staff'],
			['Choose a channel', 'starboard']
		] as const) {
			const select = message.getByRole('combobox', { name: placeholder });
			await select.click();
			await select.pressSequentially(wanted);
			await message.getByRole('option', { name: wanted }).waitFor();
			await select.press('Enter');
			await expect.poll(() => select.getAttribute('aria-busy')).toBe('false');
		}
		await message.getByRole('button', { name: 'Yes' }).click();
		const used = (await house.discord.control('GET', '/ledger?by=user')) as { route: string; status: number; body: { data: object } }[];
		const chosen = used.filter(({ route, body }) => route === '/interactions' && 'values' in body.data);
		expect(chosen.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
	});

	test('a telephone has room for it: bars come from the sides, nothing is wider than the screen', async () => {
		const { adam, page } = stage;
		await page.setViewportSize({ width: 360, height: 740 });
		await adam.say(';help');
		const menu = adam.message('Evict Command Menu');
		await menu.waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		await picture(page, 'look-phone');
		await adam.pane.getByRole('button', { name: 'Channels', exact: true }).click();
		await adam.pane.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: 'bot-commands' }).waitFor();
		await picture(page, 'look-phone-channels');
		await adam.pane.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: 'bot-commands' }).click();
		await adam.pane.getByRole('heading', { level: 1, name: 'bot-commands' }).waitFor();
		const form = await adam.choose('remind');
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		await picture(page, 'look-phone-command');
		await form.press('Escape');
		await page.getByRole('button', { name: 'Move the clock' }).click();
		await page.getByRole('menuitem', { name: 'A minute later' }).click();
	});

	test('colours follow the system until one chooses, and the choice is kept', async () => {
		const { adam, page } = stage;
		const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
		const dark = await ground();
		await page.emulateMedia({ colorScheme: 'light' });
		const light = await ground();
		expect(light).not.toBe(dark);
		await picture(page, 'look-light');
		await page.getByRole('button', { name: 'Dark colours' }).click();
		expect(await ground()).toBe(dark);
		await page.reload();
		await adam.composer.waitFor();
		expect(await ground()).toBe(dark);
	});

	test('everything is reached without a mouse, and the focus can be seen', async () => {
		const { adam, page } = stage;
		await adam.say(';ping');
		await adam.message('Pong!').waitFor();
		await page.getByRole('button', { name: 'Faults' }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('menu', { name: 'Faults' }).waitFor();
		await page.keyboard.press('ArrowDown');
		await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('500 Internal Server Error');
		await page.keyboard.press('Escape');
		await expect.poll(() => page.evaluate(`document.activeElement?.getAttribute('aria-label')`)).toBe('Faults');
		expect(await page.evaluate('getComputedStyle(document.activeElement ?? document.body).outlineStyle')).toBe('solid');

		const channels = adam.pane.getByRole('navigation', { name: 'Channels' });
		await channels.getByRole('button', { name: 'general' }).focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await adam.pane.getByRole('heading', { level: 1, name: 'bot-commands' }).waitFor();
	});

	test('the picture of the README', async () => {
		const { page, adam } = stage;
		const bella = await stage.besideBella('counting');
		await page.setViewportSize({ width: 1500, height: 860 });
		await adam.say(';remind 1m water the flowers');
		await adam.message('I will remind you').waitFor();
		await page.getByRole('button', { name: 'A minute later' }).click();
		await adam.message(/⏰[\s\S]*water the flowers/).waitFor();
		await bella
			.message(/⏰[\s\S]*water the flowers/)
			.getByRole('button', { name: 'Done' })
			.click();
		await bella.log.getByText('Only you can see this').waitFor();
		const kept = await picture(page, 'look-readme');
		expect((await stat(kept)).size).toBeLessThan(300_000);
		// Where changes are only checked, tracked files stay as they are.
		if (process.env['CI'] === undefined) await copyFile(kept, readmePicture);
	});
});
