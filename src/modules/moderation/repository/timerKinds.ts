/** The names of the scheduled-task pieces. The key of the others is that of a case. */
export const timerKinds = {
	/** An order that was given and has no case yet; its key is that of what it is about. */
	finish: 'moderationFinish',
	expire: 'moderationExpire',
	/** A mute that Discord ends earlier than we do; its key is that of the person. */
	renew: 'moderationRenew',
	log: 'moderationLog',
	/** What follows from a warning. */
	escalate: 'moderationEscalate',
	/** Somebody is called in the channel of the jail; its key is that of a member. */
	greet: 'moderationJailGreeting',
	/** The things of a jail that is gone are deleted; its key is that of the server. */
	dismantle: 'moderationJailDismantle'
} as const;
