import type { Action } from '../action.js';
import { auditReason, type Order, withDetails } from '../domain/order.js';
import type { Situation } from '../domain/situation.js';

/** An order that was cut short, if it is carried out; what was begun is brought to its end first. */
export async function carriedOut(action: Action, situation: Situation, order: Order): Promise<Order | null> {
	if (await action.isDone(situation, order)) return order;
	return (await action.isBegun?.(situation, order)) ? carryOut(action, situation, order) : null;
}

/** Does it in Discord; answers the order with what came out of it. */
export async function carryOut(action: Action, situation: Situation, order: Order): Promise<Order> {
	return withDetails(order, await action.do(situation, order, auditReasonOf(situation, order)));
}

/** What stands in Discord's audit log: the bot is named where nobody else gave the order. */
export function auditReasonOf({ actor, bot }: Pick<Situation, 'actor' | 'bot'>, { reason }: Pick<Order, 'reason'>): string {
	return auditReason(reason, (actor ?? bot).username);
}
