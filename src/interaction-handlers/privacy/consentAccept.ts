import { acceptId } from '#modules/privacy/ids.js';
import { ConsentAnswer } from './_consentAnswer.js';

export class ConsentAccept extends ConsentAnswer {
	protected readonly id = acceptId;
	protected readonly consent = 'accepted';
}
