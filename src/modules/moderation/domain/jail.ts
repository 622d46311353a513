/** Somebody in jail, with the roles that he gets back. `at` in milliseconds since 1970. */
export interface JailEntry {
	readonly guildId: string;
	readonly userId: string;
	readonly roleIds: readonly string[];
	readonly caseNumber: number;
	readonly at: number;
}

export interface Jailed extends JailEntry {
	/** Null: until he is let out. */
	readonly expiresAt: number | null;
}
