import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import { type GuardKit, guards } from '#lib/commands/guards/guards.js';
import type { GuardAnswer } from '#lib/commands/guards/policies.js';
import { type Leaf, leafOf } from '#lib/commands/leaf.js';
import type { Job } from './types.js';

/** Whether somebody may stop a job: its actor, or who holds its permission now, for real or by a fake one. Null: he may. */
export async function mayCancel(
	job: Pick<Job, 'actorId' | 'permission'>,
	requestOf: (leaf: Leaf) => GuardRequest,
	kit: GuardKit
): Promise<GuardAnswer> {
	const leaf = leafOf({
		id: 'jobs.cancel',
		name: 'job.cancel',
		slash: { none: 'a button' },
		permissions: { member: [job.permission] },
		run: async () => undefined
	});
	const request = requestOf(leaf);
	return request.userId === job.actorId ? null : guards.memberPermissions.check(request, kit);
}
