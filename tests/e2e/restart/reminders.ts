import { expect } from 'vitest';
import { isReminderOf, setReminder } from '../../support/reminders.js';
import type { TogetherHouse } from '../../support/togetherHouse.js';

export function remindersStories(here: TogetherHouse): void {
	here.story('the buttons of a reminder work after a restart, and only for its person', async () => {
		const { members, channel } = await here.house.discord.guild({ members: ['ana', 'bob'] });
		const [ana, bob] = members;
		if (!ana || !bob) throw new Error('The server has too few members');
		const general = channel('general');
		await ana.connect();
		await setReminder(ana, general, ';remind 5s bread');
		const first = await ana.expectMessage(general, isReminderOf('bread'));
		await here.end();

		for (const label of ['In 10 minutes', 'Done']) expect((await bob.click(first, label)).ephemeral).toBe(true);
		const snoozed = await ana.click(first, 'In 10 minutes');
		expect(snoozed.failed).toBe(false);
		expect((await ana.read(first)).components).toEqual([]);
		await here.minutes();
		const second = await ana.expectMessage(general, (message) => isReminderOf('bread')(message) && message.id !== first.id);
		expect((await ana.click(second, 'Done')).failed).toBe(false);
		expect((await ana.read(second)).components).toEqual([]);
	});

	here.story('a reminder that is due while the bot is down comes once, and says that it is late', async () => {
		const { members, channel } = await here.house.discord.guild({ members: ['ana'] });
		const [ana] = members;
		if (!ana) throw new Error('The server has no members');
		const general = channel('general');
		await setReminder(ana, general, ';remind 1h milk');
		await here.outage();
		expect((await ana.expectMessage(general, isReminderOf('milk'))).content).toContain('late');
		await here.hour();
		expect((await ana.messages(general)).filter(isReminderOf('milk'))).toHaveLength(1);
	});
}
