import { container } from '@sapphire/pieces';
import type { GuildMember } from 'discord.js';
import { dispatch } from '#lib/commands/dispatch.js';
import type { CommandKit } from '#lib/commands/kit.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { MessagePipeline } from './messagePipeline.js';
import type { PipelineReports } from './pipeline.js';
import type { JoinStep, VoiceChange, VoiceStep } from './step.js';
import { StepPipeline } from './stepPipeline.js';

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
		unclaim: (messageId) => keyValue.delete(`command:${messageId}`),
		dispatch
	});
}

/** The pipelines of joins and of voice changes: the same walk without a command parser. */
export function openJoinPipeline(reports: PipelineReports): JoinPipeline {
	return new StepPipeline(() => container.stores.get('join-steps').values(), reports);
}

export function openVoicePipeline(reports: PipelineReports): VoicePipeline {
	return new StepPipeline(() => container.stores.get('voice-steps').values(), reports);
}

export type JoinPipeline = StepPipeline<GuildMember, JoinStep>;
export type VoicePipeline = StepPipeline<VoiceChange, VoiceStep>;

declare module '@sapphire/pieces' {
	interface Container {
		joins: JoinPipeline;
		voices: VoicePipeline;
	}
}
