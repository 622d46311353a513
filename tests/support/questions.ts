import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';

/** Somebody who has a prefix of his own wants it forgotten: a question that only he may answer. */
export async function asksToBeForgotten(person: UserDriver, channel: { id: string }): Promise<SeenMessage> {
	await person.send(channel, ';selfprefix ?');
	await person.expectMessage(channel, 'Your own prefix is `?` now');
	await person.send(channel, ';forgetme');
	return person.expectMessage(channel, (message) => message.components.length > 0);
}
