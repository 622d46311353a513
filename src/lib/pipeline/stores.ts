import { Store } from '@sapphire/pieces';
import { JoinStep, MessageStep, VoiceStep } from './step.js';

/** `src/message-steps` */
export class MessageStepStore extends Store<MessageStep, 'message-steps'> {
	public constructor() {
		super(MessageStep, { name: 'message-steps' });
	}
}

/** `src/join-steps` */
export class JoinStepStore extends Store<JoinStep, 'join-steps'> {
	public constructor() {
		super(JoinStep, { name: 'join-steps' });
	}
}

/** `src/voice-steps` */
export class VoiceStepStore extends Store<VoiceStep, 'voice-steps'> {
	public constructor() {
		super(VoiceStep, { name: 'voice-steps' });
	}
}

declare module '@sapphire/pieces' {
	interface StoreRegistryEntries {
		'message-steps': MessageStepStore;
		'join-steps': JoinStepStore;
		'voice-steps': VoiceStepStore;
	}
}
