import { container } from '@sapphire/pieces';
import { dispatch } from '#lib/commands/dispatch.js';
import type { CommandKit } from '#lib/commands/kit.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { MessagePipeline } from './messagePipeline.js';
import type { PipelineReports } from './pipeline.js';

/** How long a message that ran as a command is remembered: longer than an edit may run it, and than two processes overlap. */
const CLAIM_MS = 120_000;

/** The message pipeline over the loaded steps and commands. */
export function openMessagePipeline(kit: CommandKit, keyValue: KeyValue, reports: PipelineReports): MessagePipeline {
	return new MessagePipeline({
		steps: () => container.stores.get('message-steps').values(),
		reports,
		prefixes: (guildId, userId) => kit.prefixes(guildId, userId),
		index: () => kit.index,
		claim: (messageId) => keyValue.setIfAbsent(`command:${messageId}`, true, CLAIM_MS),
		dispatch
	});
}
