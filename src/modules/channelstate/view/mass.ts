import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import type { ConfirmRequest } from '#lib/commands/context/commandContext.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { JobTitle } from '#lib/jobs/types.js';
import type { MassDeed } from '../domain/mass.js';
import { reverseId } from '../ids.js';

/** What is asked before mass work. */
export function askMass({ type }: MassDeed, count: number, user: string): Pick<ConfirmRequest, 'question' | 'values'> {
	return { question: `channelstate:mass.ask.${type}` as MessageKey, values: { count, user } };
}

/** What mass work is called while it runs. */
export function massTitle({ type }: MassDeed, user: string): JobTitle {
	return { key: `channelstate:mass.title.${type}` as MessageKey, values: { user } };
}

/** The button below finished mass work that takes it back, for ten minutes. */
export function reverseRow(jobId: number, type: string, t: Translate): readonly APIMessageTopLevelComponent[] {
	const button = {
		type: ComponentType.Button,
		style: ButtonStyle.Secondary,
		label: t('channelstate:mass.undo'),
		custom_id: reverseId.encode({ job: jobId, type })
	} as const;
	return [{ type: ComponentType.ActionRow, components: [button] }];
}
