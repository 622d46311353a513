import { type CustomId, type Decoded, register } from './customId.js';

const foreign = { ok: false, code: 'foreign' } as const;

/** The ids that hang on messages of the original for ever. They carry nothing: what was pressed is found by its message. */
export const originalStaticIds = [
	'persistent_view:lock',
	'persistent_view:unlock',
	'persistent_view:reveal',
	'persistent_view:hide',
	'persistent_view:rename',
	'persistent_view:increase',
	'persistent_view:decrease',
	'persistent_view:claim',
	'persistent_view:info',
	'persistent_view:trash',
	'persistent_view:kick',
	'persistent_view:create',
	'persistent_view:delete',
	'ticket_open:persistent',
	'ticket_close:persistent',
	'persistent:join_gw',
	'logs:user_id',
	'logs:ban'
] as const;

export type OriginalStaticId = (typeof originalStaticIds)[number];

/** One of the original's static ids, or several that one handler answers; compared whole. */
export function originalId<const Id extends OriginalStaticId>(...ids: readonly [Id, ...Id[]]): CustomId<{ readonly id: Id }> {
	return register({
		name: ids.join(' '),
		encode: ({ id }) => id,
		decode(customId) {
			const id = ids.find((own) => own === customId);
			return id === undefined ? foreign : { ok: true, values: { id } };
		}
	});
}

export interface RoleButton {
	readonly messageId: string;
	readonly roleId: string;
}

const roleButton = /^RB:(\d{15,20}):(\d{15,20})$/;

/** The original's role button, `RB:{message}:{role}`; new ones are written the same way. */
export const roleButtonCodec = {
	encode({ messageId, roleId }: RoleButton): string {
		const customId = `RB:${messageId}:${roleId}`;
		if (!roleButton.test(customId)) throw new RangeError(`"${customId}" is not a role button.`);
		return customId;
	},
	decode(customId: string): Decoded<RoleButton> {
		const [, messageId, roleId] = roleButton.exec(customId) ?? [];
		if (messageId !== undefined && roleId !== undefined) return { ok: true, values: { messageId, roleId } };
		return customId.startsWith('RB:') ? { ok: false, code: 'malformed' } : foreign;
	}
};

/** Puts the role button on the list: called by the module that answers it. */
export function roleButtonId(): CustomId<RoleButton> {
	return register({ name: 'RB', ...roleButtonCodec });
}
