import { describe, expect, test } from 'vitest';
import type { Mouthpiece, Spoken } from '#modules/restrictions/ports.js';
import { Messages } from '#modules/restrictions/service/messages.js';
import { forbidden, parts, restriction, who } from './_parts.js';

const spoken = (more: Partial<Spoken> = {}): Spoken => ({
	id: '100',
	guildId: who.guildId,
	channelId: '5',
	parentId: null,
	authorId: who.userId,
	name: 'Ana',
	avatarUrl: 'https://cdn.example/ana.png',
	content: 'hello',
	files: [],
	flags: 0,
	may: { remove: true, speakAgain: true },
	...more
});

function make(mouthpiece: Partial<Mouthpiece> = {}) {
	const made = parts([restriction('shutup'), restriction('uwulock')]);
	const messages = new Messages({
		...made,
		mouthpiece: {
			prepare: async (channelId) => void made.said.push(`prepare ${channelId}`),
			say: async ({ channelId, threadId, content, files }) =>
				void made.said.push(`say ${channelId}/${threadId} ${content.split(' ')[0]} +${files.length}`),
			fetch: async (files) => files.map(({ name }) => ({ name, bytes: Buffer.from('x') })),
			...mouthpiece
		}
	});
	return { ...made, messages };
}

describe('a silenced member', () => {
	test('is known from memory', async () => {
		const { messages } = make();
		expect(messages.isOn(who.guildId, 'shutup')).toBe(true);
		expect(await messages.has(who.guildId, who.userId, 'shutup')).toBe(true);
		expect(messages.has(who.guildId, '9', 'shutup')).toBe(false);
	});

	test('has his messages deleted, and nothing else looks at them', async () => {
		const { messages, said } = make();
		expect(await messages.silence(spoken())).toBe('stop');
		expect(said).toEqual(['remove']);
	});

	test('goes on speaking where the bot may not delete, with one notice and without asking Discord', async () => {
		const { messages, said } = make();
		const there = spoken({ may: { remove: false, speakAgain: true } });
		for (let times = 0; times < 5; times++) expect(await messages.silence(there)).toBe('pass');
		expect(said).toEqual(['tell paused-shutup']);
		// Another channel is another thing.
		expect(await messages.silence(spoken({ channelId: '6' }))).toBe('stop');
	});

	test('after three refusals Discord is left in peace', async () => {
		const { messages, said, world } = make();
		world.refuses = true;
		for (let times = 0; times < 6; times++) expect(await messages.silence(spoken())).toBe('pass');
		expect(said).toEqual(['tell paused-shutup']);
	});
});

describe('a member who has to talk like a baby', () => {
	test('has his message taken away first, then it is said again with its files', async () => {
		const { messages, said } = make();
		const files = [{ url: 'https://cdn.example/a', name: 'a.png', size: 1 }];
		expect(await messages.babble(spoken({ files }))).toBe('stop');
		expect(said).toEqual(['prepare 5', 'remove', 'say 5/null hewwo +1']);
	});

	test('in a thread the webhook of the channel around it speaks', async () => {
		const { messages, said } = make();
		await messages.babble(spoken({ channelId: '50', parentId: '5' }));
		expect(said).toEqual(['prepare 5', 'remove', 'say 5/50 hewwo +0']);
	});

	test('who only sends files or stickers is left alone', async () => {
		const { messages, said } = make();
		expect(await messages.babble(spoken({ content: ' ' }))).toBe('pass');
		expect(said).toEqual([]);
	});

	test('where no webhook can be had nothing is taken away', async () => {
		const { messages, said } = make({ prepare: async () => Promise.reject(forbidden()) });
		for (let times = 0; times < 5; times++) expect(await messages.babble(spoken())).toBe('pass');
		expect(said).toEqual(['tell paused-uwulock']);
	});

	test('two processes that see one message say it once: only one can take it away', async () => {
		const made = make();
		let there = true;
		made.discord.remove = async () => {
			const was = there;
			there = false;
			return was;
		};
		const other = new Messages({
			...made,
			mouthpiece: { prepare: async () => undefined, say: async () => void made.said.push('twice'), fetch: async () => [] }
		});
		await made.messages.babble(spoken());
		expect(await other.babble(spoken())).toBe('stop');
		expect(made.said.filter((what) => what.startsWith('say'))).toHaveLength(1);
		expect(made.said).not.toContain('twice');
	});

	test('what he says quickly is said in its order', async () => {
		let release = () => undefined as void;
		const first = new Promise<void>((resolve) => {
			release = resolve;
		});
		const order: string[] = [];
		const { messages } = make({
			async say({ content }) {
				if (content.startsWith('one')) await first;
				order.push(content.slice(0, 3));
			}
		});
		const both = [messages.babble(spoken({ id: '1', content: 'one' })), messages.babble(spoken({ id: '2', content: 'two' }))];
		release();
		await Promise.all(both);
		expect(order.map((word) => word.slice(0, 1))).toEqual(['o', 't']);
	});
});
