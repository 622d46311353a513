/** A row of the catalogue that is no command of its own: what stands for it, or why it is left out. */
export interface FoldedCommand {
	/** `M07` */
	readonly module: string;
	/** As it is in catalogueCommands.ts. */
	readonly row: string;
	readonly reason: string;
}

const forbidden = 'left out: the site forbids that machines read its pages';

export const foldedCommands: readonly FoldedCommand[] = [
	{ module: 'M21', row: 'reminder snooze', reason: 'the buttons below a reminder that has come: 10 minutes, 1 hour, 1 day' },
	...['snapchat', 'snapchatuser', 'tiktok', 'instagram', 'fyp'].map((row) => ({ module: 'M32', row, reason: forbidden }))
];
