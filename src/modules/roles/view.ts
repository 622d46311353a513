import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { JobTitle } from '#lib/jobs/types.js';
import type { Crowd } from './domain.js';
import { undoMassId } from './ids.js';

/** The way back below the end of a change for many. */
export function undoMassRow(jobId: number, t: Translate): APIActionRowComponent<APIButtonComponent> {
	const button: APIButtonComponent = {
		type: ComponentType.Button,
		style: ButtonStyle.Secondary,
		label: t('roles:mass.undo'),
		custom_id: undoMassId.encode({ jobId })
	};
	return { type: ComponentType.ActionRow, components: [button] };
}

/** What a change for many is called. */
export function massTitle(change: 'add' | 'remove', crowd: Crowd, role: string): JobTitle {
	const who = typeof crowd === 'object' ? 'holders' : crowd;
	return { key: `roles:mass.${change}-${who}`, values: { role } };
}

/** A new role as Discord takes it: without any permission. `colour`: 24 bits. */
export function newRole(
	name: string,
	colour: number | null
): { readonly name: string; readonly permissions: string; readonly color?: number } {
	return { name, permissions: '0', ...(colour !== null && { color: colour }) };
}
