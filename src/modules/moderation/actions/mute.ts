import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import { needsRenewal, untilFor } from '../domain/mute.js';
import { endOf } from '../domain/order.js';
import type { ModerationDiscord } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';
import type { RenewalRepository } from '../repository/renewals.js';

type TimeOuts = Pick<ModerationDiscord, 'timeOut'>;

/** Keeps somebody silent for a time. What is longer than Discord allows is renewed before Discord ends it. */
export function muteAction(discord: TimeOuts, renewals: RenewalRepository): Action {
	return {
		type: 'mute',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ModerateMembers,
		isTimeout: true,
		isHarmful: true,
		tells: 'after',
		isLogged: true,
		closes: { types: ['mute'], as: 'superseded' },
		undo: 'unmute',
		command: 'moderation.mute',
		check({ target, now }) {
			if (target !== null && (target.timedOutUntil ?? 0) > now) return refuse('already-muted', { user: target.username });
			return accept({});
		},
		isDone: ({ target, now }) => target !== null && (target.timedOutUntil ?? 0) > now,
		async do({ guildId, target, now }, order, reason) {
			if (target !== null) await discord.timeOut(guildId, target.id, untilFor(endOf(order), now), reason);
		},
		async record(tx, { guildId, targetId, at, durationMs }) {
			if (targetId !== null && needsRenewal(endOf({ at, durationMs }), at)) await renewals.plan(guildId, targetId, at, tx);
		},
		async extend({ guildId, target, now }, _order, endsAt, reason) {
			if (target === null) return;
			if (needsRenewal(endsAt, now)) await renewals.plan(guildId, target.id, now);
			if (target.inServer) await discord.timeOut(guildId, target.id, untilFor(endsAt, now), reason);
		}
	};
}

/** Lets somebody speak again. */
export function unmuteAction(discord: TimeOuts, cases: Pick<CaseRepository, 'running'>): Action {
	return {
		type: 'unmute',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ModerateMembers,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: ['mute'], as: 'undone' },
		undo: null,
		command: 'moderation.unmute',
		async check({ guildId, target, now }) {
			if (target === null) return refuse('not-muted', { user: '' });
			if ((target.timedOutUntil ?? 0) > now) return accept({});
			// A long one whose time-out ran out before it was renewed.
			const running = await cases.running(guildId, target.id, 'mute');
			return running === null || (running.expiresAt ?? 0) <= now ? refuse('not-muted', { user: target.username }) : accept({});
		},
		isDone: ({ target, now }) => !target?.inServer || (target.timedOutUntil ?? 0) <= now,
		async do({ guildId, target }, _order, reason) {
			if (target !== null) await discord.timeOut(guildId, target.id, null, reason);
		}
	};
}
