import { declineId } from '#modules/privacy/ids.js';
import { ConsentAnswer } from './_consentAnswer.js';

export class ConsentDecline extends ConsentAnswer {
	protected readonly id = declineId;
	protected readonly consent = 'declined';
}
