import type { LayerKind } from './permissions.js';

/** What is done in all channels: `send` and `view` about everybody, `files` about one member. */
export type MassKind = Extract<LayerKind, 'send' | 'view' | 'files'>;

/** One kind of mass work in one direction. */
export interface MassDeed {
	readonly kind: MassKind;
	/** False: it takes back. */
	readonly on: boolean;
	/** Also the type of its case. */
	readonly type: string;
	/** The id of the command whose guards it passes. */
	readonly command: string;
	/** What others than the one who started it need to stop it. */
	readonly permission: 'Administrator' | 'ManageMessages';
}

const deed = (kind: MassKind, on: boolean, type: string, command: string): MassDeed => ({
	...{ kind, on, type },
	command: `channelstate.${command}`,
	permission: kind === 'files' ? 'ManageMessages' : 'Administrator'
});

export const massDeeds: readonly MassDeed[] = [
	deed('send', true, 'lockall', 'lockall'),
	deed('send', false, 'unlockall', 'unlock-all'),
	deed('view', true, 'viewlockall', 'lock-viewall'),
	deed('view', false, 'viewunlockall', 'unlock-viewall'),
	deed('files', true, 'revokefiles', 'revokefiles'),
	deed('files', false, 'restorefiles', 'revokefiles')
];

/** @throws when there is none, which is a fault of ours */
export function deedOf(kind: MassKind, on: boolean): MassDeed {
	const found = massDeeds.find((one) => one.kind === kind && one.on === on);
	if (found === undefined) throw new Error(`There is no mass work ${kind} ${on}`);
	return found;
}

export function deedByType(type: string): MassDeed | null {
	return massDeeds.find((one) => one.type === type) ?? null;
}

/** What takes a deed back. */
export function reverseOf({ kind, on }: MassDeed): MassDeed {
	return deedOf(kind, !on);
}

/** What a piece of mass work has to know besides its channels; it lies in the database while it runs. */
export interface MassPayload {
	readonly type: string;
	readonly reason: string | null;
	/** The member it is about, with his name for the title. */
	readonly userId: string | null;
	readonly username: string | null;
	/** Whether the locked channels are told. */
	readonly notice: boolean;
	/** The work whose locks alone are taken back. */
	readonly reverses: number | null;
}

/** A payload read back; null when it is none. */
export function readPayload(stored: unknown): MassPayload | null {
	if (typeof stored !== 'object' || stored === null) return null;
	const { type, reason, userId, username, notice, reverses }: Record<string, unknown> = { ...stored };
	if (typeof type !== 'string' || typeof notice !== 'boolean') return null;
	const text = (value: unknown) => (typeof value === 'string' ? value : null);
	return {
		...{ type, notice },
		reason: text(reason),
		userId: text(userId),
		username: text(username),
		reverses: typeof reverses === 'number' ? reverses : null
	};
}
