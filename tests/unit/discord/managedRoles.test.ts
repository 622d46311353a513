import { expect, test } from 'vitest';
import { isManaged } from '#lib/discord/managedRoles.js';

test('roles of bots, integrations, boosters and links are for Discord alone; every other is not', () => {
	expect(isManaged({ managed: false, tags: null })).toBe(false);
	expect(isManaged({ managed: true, tags: null })).toBe(true);
	expect(isManaged({ managed: false, tags: { guildConnections: true } })).toBe(true);
	expect(isManaged({ managed: false })).toBe(false);
	expect(isManaged({ managed: false, tags: {} })).toBe(false);
	expect(isManaged({ managed: true, tags: { bot_id: '1' } })).toBe(true);
	expect(isManaged({ managed: false, tags: { guild_connections: null } })).toBe(true);
});
