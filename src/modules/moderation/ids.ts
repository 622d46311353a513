import { defineCustomId, field } from '#lib/components/customId.js';

/** Takes a case back. `type`: of the action that does; the case is asked whether that is right. */
export const undoId = defineCustomId('moderation.undo', 1, { number: field.int, type: field.token });

/** Below a case that is shown: opens the form for its reason, and asks whether it shall be deleted. */
export const editCaseId = defineCustomId('case.edit', 1, { number: field.int });
export const deleteCaseId = defineCustomId('case.delete', 1, { number: field.int });

/** The form for another reason of a case. */
export const reasonFormId = defineCustomId('case.reason', 1, { number: field.int });
export const reasonInput = 'reason';

/** The names of mass work, by the type of its case. */
export const massKinds = {
	massban: 'moderation.massban',
	unbanall: 'moderation.unbanall',
	untimeoutall: 'moderation.untimeoutall'
} as const;

/** What can be done from the panel about somebody, in the order of its buttons. */
export const panelActions = ['warn', 'mute', 'kick', 'ban', 'note', 'history'] as const;
export type PanelAction = (typeof panelActions)[number];
/** The commands that do the same: their guards are asked. */
export const panelCommands: Readonly<Record<PanelAction, string>> = {
	warn: 'moderation.warn',
	mute: 'moderation.mute',
	kick: 'moderation.kick',
	ban: 'moderation.ban',
	note: 'moderation.note-add',
	history: 'moderation.cases'
};
/** What asks for a reason first. */
export const formActions = ['warn', 'mute', 'kick', 'ban', 'note'] as const;
export type FormAction = (typeof formActions)[number];

/** The message that it is about; zeros where there is none. */
const message = { channelId: field.appended(field.snowflake, '0'), messageId: field.appended(field.snowflake, '0') };

/** The buttons of the panel, and the form that they open. */
export const panelId = defineCustomId('mod.panel', 1, { action: field.oneOf(...panelActions), userId: field.snowflake, ...message });
export const panelFormId = defineCustomId('mod.reason', 1, { action: field.oneOf(...formActions), userId: field.snowflake, ...message });
export const panelInputs = { reason: 'reason', duration: 'duration' } as const;

/** The form of a report about a message. */
export const reportFormId = defineCustomId('mod.report', 1, {
	userId: field.snowflake,
	channelId: field.snowflake,
	messageId: field.snowflake
});
