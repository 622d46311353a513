import { PermissionFlagsBits } from 'discord.js';
import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import type { GuardAnswer, GuardPolicies, PolicyGuard } from '#lib/commands/guards/policies.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import { type CommandRules, isProtectedModule, missingRoles, moduleState } from './domain.js';
import { isProtected, keysOf, pathOf } from './targets.js';

export interface PolicyParts {
	readonly policies: Pick<GuardPolicies, 'register' | 'extraPermissions'>;
	readonly index: () => CommandIndex;
	readonly rules: (guildId: string) => CommandRules | Promise<CommandRules>;
}

type Judge = (request: GuardRequest, rules: CommandRules) => GuardAnswer | Promise<GuardAnswer>;

const refuse = (code: string, values = {}): GuardAnswer => ({ module: 'commandsettings', code, values });

/** Puts the server's decisions behind the guards. From warm settings they answer without a statement. */
export function registerPolicies({ policies, index, rules }: PolicyParts): void {
	const guard = (name: PolicyGuard, applies: (request: GuardRequest) => boolean, judge: Judge) =>
		policies.register(name, (request) => {
			if (request.guildId === null || !applies(request)) return null;
			const known = rules(request.guildId);
			return known instanceof Promise ? whenRead(known, (read) => judge(request, read)) : judge(request, known);
		});

	guard(
		'moduleEnabled',
		({ leaf }) => !isProtectedModule(leaf.module),
		({ leaf, channelId, parentChannelId }, known) => {
			const state = moduleState(known, leaf.module, [channelId, parentChannelId]);
			return state === 'on' ? null : refuse(`module-${state}`, { module: leaf.module });
		}
	);
	guard(
		'commandEnabled',
		({ leaf }) => !isProtected(leaf),
		({ leaf }, known) => {
			if (known.commands.size === 0) return null;
			const key = keysOf(index(), leaf.command).find((one) => known.commands.has(one));
			return key === undefined ? null : refuse('command-off', { command: pathOf(index(), key) });
		}
	);
	guard(
		'notRestricted',
		({ leaf, userId, guildOwnerId, memberPermissions }) =>
			!isProtected(leaf) && userId !== guildOwnerId && (memberPermissions & PermissionFlagsBits.Administrator) === 0n,
		async (request, known) => {
			const roles = missingRoles(known, keysOf(index(), request.leaf.command), request.roleIds);
			if (roles === null) return null;
			const held = await policies.extraPermissions(request);
			return (held & PermissionFlagsBits.Administrator) === 0n ? refuse('restricted', { roles: roles.join(', ') }) : null;
		}
	);
}

/** What is not known is not allowed: a command may be kept for others. */
async function whenRead(
	reading: Promise<CommandRules>,
	judge: (rules: CommandRules) => GuardAnswer | Promise<GuardAnswer>
): Promise<GuardAnswer> {
	try {
		return await judge(await reading);
	} catch (error) {
		if (!isStorageAway(error)) throw error;
		return refuse('storage-away');
	}
}
