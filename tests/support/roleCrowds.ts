/** A crowd of `role <crowd> add|remove`, and who of a server is in it. */
export interface RoleCrowd {
	readonly crowd: 'all' | 'humans' | 'bots';
	/** owl is somebody else's bot, evict is ours. */
	readonly members: readonly string[];
}

export const crowds: readonly RoleCrowd[] = [
	{ crowd: 'all', members: ['ana', 'bea', 'evict', 'owl', 'owner'] },
	{ crowd: 'humans', members: ['ana', 'bea', 'owner'] },
	{ crowd: 'bots', members: ['evict', 'owl'] }
];

/** Commands that the stories of the crowds call, typed and picked. */
export const covered: readonly string[] = crowds.flatMap(({ crowd }) => [`roles.role-${crowd}-add`, `roles.role-${crowd}-remove`]);
