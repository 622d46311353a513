import type { ExternalCases } from './domain/byHand.js';

/** How moderation works in a server. Durations in seconds. */
export interface ModerationSettings {
	readonly logChannelId: string | null;
	readonly jailRoleId: string | null;
	readonly jailChannelId: string | null;
	readonly jailCategoryId: string | null;
	readonly requireReason: boolean;
	readonly confirmBan: boolean;
	/** Types of actions whose target is told. */
	readonly dmActions: readonly string[];
	/** The server's own words for that, by type. */
	readonly dmTexts: Readonly<Record<string, string>>;
	readonly defaultMuteSeconds: number;
	readonly deleteMessageSeconds: number;
	readonly protectedRoleIds: readonly string[];
	readonly externalCases: ExternalCases;
}

export type { ExternalCases };

export const defaultSettings: ModerationSettings = {
	logChannelId: null,
	jailRoleId: null,
	jailChannelId: null,
	jailCategoryId: null,
	requireReason: false,
	confirmBan: false,
	dmActions: ['ban', 'softban', 'kick', 'mute', 'warn', 'jail'],
	dmTexts: {},
	defaultMuteSeconds: 3_600,
	deleteMessageSeconds: 0,
	protectedRoleIds: [],
	// Roles are given by hand all day long: a server that wants a case for each asks for it.
	externalCases: 'no-roles'
};
