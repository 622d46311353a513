import { expect, test } from 'vitest';
import { ChannelReferences, type ChannelTable } from '#lib/settings/channelReferences.js';

const gone = { guildId: '1', channelId: '20', botId: '8' };

function aTable(table: string, forget?: ChannelTable['forget']): ChannelTable {
	return { module: 'house', table, rows: (tx) => tx.job, fields: [{ field: 'channelId' }], ...(forget && { forget }) };
}

test('a table is registered once', () => {
	const references = new ChannelReferences();
	references.register(aTable('job'));
	expect(() => references.register(aTable('job'))).toThrow('registered twice');
	expect(references.tables.map(({ table }) => table)).toEqual(['job']);
});

test('a channel that is gone is forgotten by all, though one of them fails, which is heard of', async () => {
	const references = new ChannelReferences();
	const heard: unknown[] = [];
	references.register(aTable('first', () => Promise.reject(new Error('away'))));
	references.register(aTable('second'));
	references.register(aTable('third', async (channel) => void heard.push(channel)));
	await expect(references.forget(gone)).rejects.toThrow('away');
	expect(heard).toEqual([gone]);
	references.register(aTable('fourth', () => Promise.reject(new Error('away too'))));
	await expect(references.forget(gone)).rejects.toThrow(AggregateError);
});
