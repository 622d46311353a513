import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';

export const isReminderOf = (text: string) => (message: SeenMessage) => message.content.includes('⏰') && message.content.includes(text);

/** Sets a reminder and waits until the bot has said so. */
export async function setReminder(person: UserDriver, place: { readonly id: string }, line: string): Promise<SeenMessage> {
	await person.send(place, line);
	return person.expectMessage(place, (message) => message.text.includes('I will remind you'));
}
