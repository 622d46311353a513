import type { RoleRank } from '#lib/core/hierarchy.js';

/** Which role it is, who gives or takes it, and where all of them stand, said in words: the code under test never sees these. */
export interface RoleScene {
	readonly role: 'everyone' | 'gone' | 'managed' | 'ordinary';
	readonly stands: Step;
	readonly carries: 'nothing' | 'speaking' | 'banning' | 'administrator';
	/** The step of his highest role; the owner, whatever his roles. */
	readonly actor: Step | 'owner';
	/** What he may in Discord itself. `nothing`: what lets him use the commands counts with the bot alone. */
	readonly holds: 'nothing' | 'managing roles' | 'banning' | 'administrator';
	readonly bot: Step;
}

/** Roles from the lowest to the highest. `2 older` and `2` stand at one position: the one with the smaller id is above. */
const ladder = ['1', '2', '2 older', '3'] as const;
export type Step = (typeof ladder)[number];

/** `hand`: somebody to one person. `many`: somebody to everybody. `itself`: nobody is there any more who wants it (a timer, a join). */
export interface Way {
	readonly change: 'give' | 'take';
	readonly by: 'hand' | 'many' | 'itself';
}

export type Why =
	| 'role-gone'
	| 'role-everyone'
	| 'role-managed'
	| 'role-above-me'
	| 'role-above-you'
	| 'role-dangerous'
	| 'role-more-than-you';

export const guildId = '1';
/** The role that all of it is about, where it is there. */
export const roleIdOf = ({ role, stands }: RoleScene): string => (role === 'everyone' ? guildId : rankOf(stands).id);
export const rankOf = (step: Step): RoleRank => ({
	id: `90${step === '2 older' ? 1 : 5 + ladder.indexOf(step)}`,
	position: Number(step[0])
});

const bits = { nothing: 0n, speaking: 2048n, banning: 4n, administrator: 8n };
const held = { nothing: 0n, 'managing roles': 1n << 28n, banning: 4n, administrator: 8n };
export const carriedBy = ({ carries }: RoleScene): bigint => bits[carries];
export const heldBy = ({ holds }: RoleScene): bigint => held[holds];

export const isDangerous = ({ carries }: RoleScene): boolean => carries === 'banning' || carries === 'administrator';
const isBelow = (one: Step, other: Step) => ladder.indexOf(one) < ladder.indexOf(other);

/** Every scene that makes a difference. */
export function* roleScenes(): Generator<RoleScene> {
	const actors = ['nothing', 'managing roles', 'banning', 'administrator'] as const;
	for (const actor of [...ladder, 'owner'] as const)
		for (const holds of actors)
			for (const bot of ladder) {
				const people = { actor, holds, bot };
				for (const stands of ladder)
					for (const carries of ['nothing', 'speaking', 'banning', 'administrator'] as const)
						for (const role of ['managed', 'ordinary'] as const) yield { ...people, role, stands, carries };
				for (const role of ['everyone', 'gone'] as const) yield { ...people, role, stands: '1', carries: 'banning' };
			}
}

/**
 * Features 1.3, read as a list: the first that is so is why not. Null: it is done.
 *
 * It is there; not @everyone; not managed; below the bot's highest; below the highest of who acts, unless he owns the server. What is
 * given by itself, or to many, is not dangerous at the moment when it is given. Faults S5: who may manage roles with the bot alone
 * gets nothing dangerous into Discord that he has not there himself.
 */
export function whyNot(scene: RoleScene, { change, by }: Way): Why | null {
	const { role, stands, actor, bot } = scene;
	const gives = change === 'give';
	const rules: readonly (readonly [Why, boolean])[] = [
		['role-gone', role === 'gone'],
		['role-everyone', role === 'everyone'],
		['role-managed', role === 'managed'],
		['role-above-me', !isBelow(stands, bot)],
		['role-above-you', by !== 'itself' && actor !== 'owner' && !isBelow(stands, actor)],
		['role-dangerous', gives && by !== 'hand' && isDangerous(scene)],
		['role-more-than-you', gives && by === 'hand' && isDangerous(scene) && actor !== 'owner' && !hasForReal(scene)]
	];
	return rules.find(([, isSo]) => isSo)?.[0] ?? null;
}

function hasForReal({ carries, holds }: RoleScene): boolean {
	if (holds === 'nothing') return false;
	return holds !== 'banning' || carries === 'banning';
}
