import { duration, member, role } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { changeRoles } from './_change.js';
import { manager } from './_mass.js';

export const TempRole = defineCommand({
	id: 'roles.temprole',
	name: 'temprole',
	permissions: manager,
	slash: 'role temp',
	options: { member: member(), role: role(), duration: duration({ min: 60_000, max: 365 * 86_400_000 }) },
	run: (context, args) => changeRoles(context, args.member, [{ change: 'add', text: args.role.id }], args.duration)
});
