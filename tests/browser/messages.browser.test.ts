import { expect, test } from 'vitest';
import { Api } from '../../emulator/driver/api.js';
import { picture } from '../support/chromium.js';
import { describePlayground } from '../support/playground.js';

const square = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describePlayground(
	'what messages may hold',
	(stage) => {
		const as = (token: string) => new Api(`${stage.discord.description.api}/v10`, token);
		const bot = () => as(`Bot ${stage.discord.description.botToken}`);
		const general = () => stage.discord.home.channel('general').id;

		test('a poll is voted in by one and seen by the other, the vote is taken back, and it ends', async () => {
			const { adam, page } = stage;
			const bella = await stage.besideBella('general');
			const answers = ['Tea', 'Coffee'].map((text) => ({ poll_media: { text } }));
			const said = (await bot().post(`/channels/${general()}/messages`, {
				poll: { question: { text: 'What do you drink?' }, answers, duration: 1 }
			})) as { id: string };
			const ofAdam = adam.message('What do you drink?').getByRole('button', { name: 'Tea' });
			const ofBella = bella.message('What do you drink?').getByRole('button', { name: 'Tea' });
			await ofAdam.click();
			await adam.message('What do you drink?').getByRole('button', { name: 'Tea', pressed: true }).waitFor();
			await bella.message('What do you drink?').getByText('1 vote •').waitFor();
			expect(await ofBella.getAttribute('aria-pressed')).toBe('false');
			await bella.message('What do you drink?').getByRole('button', { name: 'Coffee' }).click();
			await adam.message('What do you drink?').getByText('2 votes •').waitFor();
			await picture(page, 'messages-poll');
			await ofAdam.click();
			await bella.message('What do you drink?').getByText('1 vote •').waitFor();
			await bot().post(`/channels/${general()}/polls/${said.id}/expire`);
			await adam.message('What do you drink?').getByText('This poll has ended').waitFor();
			expect(await ofAdam.isDisabled()).toBe(true);
			await adam.log.getByText(/^📊 The poll of .+ has ended\.$/).waitFor();
			await bella.message('What do you drink?').getByRole('button', { name: 'Coffee', pressed: true }).waitFor();
		});

		test('a sticker is drawn, a forwarded message says what it said, and AutoMod’s alert names the rule', async () => {
			const { adam, page } = stage;
			await adam.openChannel('general');
			const { home, description } = stage.discord;
			const form = new FormData();
			for (const [name, value] of Object.entries({ name: 'square', tags: 'x', description: '' })) form.append(name, value);
			form.append('file', new Blob([square], { type: 'image/png' }), 'square.png');
			const answer = await fetch(`${description.api}/v10/guilds/${home.id}/stickers`, {
				method: 'POST',
				headers: { authorization: `Bot ${description.botToken}` },
				body: form
			});
			const sticker = (await answer.json()) as { id: string };
			await bot().post(`/channels/${general()}/messages`, { content: 'with a sticker', sticker_ids: [sticker.id] });
			await adam.message('with a sticker').getByRole('img', { name: 'square' }).waitFor();
			expect(await page.evaluate(`document.querySelector('img.sticker').naturalWidth`)).toBe(1);

			const first = (await bot().post(`/channels/${general()}/messages`, { content: 'the first word' })) as { id: string };
			await bot().post(`/channels/${general()}/messages`, {
				message_reference: { type: 1, message_id: first.id, channel_id: general() }
			});
			await adam.message('Forwarded').getByText('the first word').waitFor();

			await bot().post(`/guilds/${home.id}/auto-moderation/rules`, {
				name: 'No shouting',
				event_type: 1,
				trigger_type: 1,
				enabled: true,
				trigger_metadata: { keyword_filter: ['shout*'] },
				actions: [{ type: 1 }, { type: 2, metadata: { channel_id: general() } }]
			});
			const bella = await stage.actAs('Bella');
			await bella.openChannel('general');
			await bella.say('I am shouting');
			await bella.log.getByText(/^🛡️ AutoMod has flagged Bella \(No shouting\): I am shouting$/).waitFor();
			await bella.pane.getByText('Message was blocked by automatic moderation').waitFor();
			await picture(page, 'messages-kinds');
		});
	},
	false
);
