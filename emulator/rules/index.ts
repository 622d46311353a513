import { isObject } from '../rest/body.js';
import type { DiscordError } from '../rest/errors.js';
import type { Json } from '../state/types.js';
import { autoModerationRules } from './autoModeration.js';
import { commandRules, listKey } from './commands.js';
import { componentRules } from './components.js';
import { guildRules } from './guilds.js';
import { messageRules } from './messages.js';
import { modalRules } from './modals.js';
import { recurrenceRules } from './recurrence.js';
import { Report, type Rule, type RuleContext } from './report.js';

export type { Rule, RuleContext } from './report.js';

/** All that Discord refuses although its description allows it. Each names the page of the documentation it is from. */
export const rules: readonly Rule[] = [
	...messageRules,
	...componentRules,
	...modalRules,
	...commandRules,
	...guildRules,
	...recurrenceRules,
	...autoModerationRules
];

const byOperation = new Map<string, Rule[]>();
for (const rule of rules)
	for (const operation of rule.operations) byOperation.set(operation, [...(byOperation.get(operation) ?? []), rule]);

/**
 * Discord's answer to a body that breaks a rule (50035 with its tree of fields, or a specific code such as 50006);
 * null when it breaks none. Say `now` by the emulator's clock.
 */
export function checkRules(operation: string, body: unknown, context: Partial<RuleContext> & { now: number }): DiscordError | null {
	const found = byOperation.get(operation);
	if (!found) return null;
	const given: Json = Array.isArray(body) ? { [listKey]: body } : isObject(body) ? body : {};
	const report = new Report();
	for (const rule of found)
		rule.check(given, report, { fileCount: 0, channelType: null, edited: null, knowsEmoji: () => true, ...context });
	return report.toError();
}
