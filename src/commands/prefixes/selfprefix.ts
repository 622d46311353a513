import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { text } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

export const SelfPrefix = defineCommand({
	id: 'prefixes.selfprefix',
	name: 'selfprefix',
	where: 'both',
	stores: true,
	takesAway: ({ prefix }) => isNone(prefix),
	slash: 'selfprefix',
	options: { prefix: text({ max: 100 }) },
	async run(context, { prefix }) {
		if (isNone(prefix)) return clear(context);
		const outcome = await container.services.prefixes.setSelfPrefix(context.user.id, prefix);
		if (!outcome.ok) throw refusal('prefixes', outcome.code, outcome.values);
		const { before } = outcome.value;
		if (before === null) await context.success('prefixes:self.set', { after: prefix });
		else await context.success('prefixes:self.changed', { before, after: prefix });
	}
});

function isNone(typed: string): boolean {
	return typed.toLowerCase() === 'none';
}

async function clear(context: CommandContext): Promise<void> {
	const outcome = await container.services.prefixes.clearSelfPrefix(context.user.id);
	if (!outcome.ok) throw refusal('prefixes', outcome.code, outcome.values);
	await context.success('prefixes:self.cleared', { before: outcome.value.before ?? '' });
}
