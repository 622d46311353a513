import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../../emulator/page/src/client/client.js';
import { messageEvents } from '../../../emulator/page/src/client/messageEvents.js';
import type { Message } from '../../../emulator/page/src/state/model.js';

const place = { channel_id: '1', message_id: '5' };
let client: Client;

beforeEach(() => {
	client = { id: '7', messages: new Map([['1', [{ id: '5', channel_id: '1', content: 'hello' } as Message]]]) } as Client;
});

const receive = (type: string, data: object) => messageEvents[type]?.(client, data);
const first = () => client.messages.get('1')?.[0];
const star = { emoji: { id: null, name: '⭐' } };

test('reactions are counted, and one knows which are his own', () => {
	receive('MESSAGE_REACTION_ADD', { ...place, ...star, user_id: '8' });
	expect(first()?.reactions).toMatchObject([{ count: 1, me: false }]);
	receive('MESSAGE_REACTION_ADD', { ...place, ...star, user_id: '7' });
	expect(first()?.reactions).toMatchObject([{ count: 2, me: true }]);
	receive('MESSAGE_REACTION_REMOVE', { ...place, ...star, user_id: '8' });
	expect(first()?.reactions).toMatchObject([{ count: 1, me: true }]);
	receive('MESSAGE_REACTION_REMOVE', { ...place, ...star, user_id: '7' });
	expect(first()?.reactions).toEqual([]);
});

test('an edit keeps the reactions, which the event does not tell by person', () => {
	receive('MESSAGE_REACTION_ADD', { ...place, ...star, user_id: '7' });
	receive('MESSAGE_UPDATE', { id: '5', channel_id: '1', content: 'changed', reactions: [{ ...star, count: 1, me: false }] });
	expect(first()).toMatchObject({ content: 'changed', reactions: [{ me: true }] });
});

test('a message that comes twice stands once', () => {
	receive('MESSAGE_CREATE', { id: '6', channel_id: '1', content: 'new' });
	receive('MESSAGE_CREATE', { id: '6', channel_id: '1', content: 'new' });
	expect(client.messages.get('1')?.map(({ id }) => id)).toEqual(['5', '6']);
});

test('what happens in a channel that was never opened is not kept', () => {
	receive('MESSAGE_CREATE', { id: '6', channel_id: '2', content: 'new' });
	receive('MESSAGE_DELETE', { id: '6', channel_id: '2' });
	expect(client.messages.has('2')).toBe(false);
});

test('many go at once', () => {
	receive('MESSAGE_CREATE', { id: '6', channel_id: '1', content: 'new' });
	receive('MESSAGE_DELETE_BULK', { ids: ['5', '6'], channel_id: '1' });
	expect(client.messages.get('1')).toEqual([]);
});
