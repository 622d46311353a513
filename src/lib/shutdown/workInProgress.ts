import { Events } from '@sapphire/framework';
import type { Client, ClientEvents } from 'discord.js';

const begins = [
	Events.MessageCommandRun,
	Events.ChatInputCommandRun,
	Events.ContextMenuCommandRun
] as const satisfies readonly (keyof ClientEvents)[];
const ends = [
	Events.MessageCommandFinish,
	Events.ChatInputCommandFinish,
	Events.ContextMenuCommandFinish
] as const satisfies readonly (keyof ClientEvents)[];
/** What brings new work. */
const intake = [Events.MessageCreate, Events.MessageUpdate, Events.InteractionCreate] as const satisfies readonly (keyof ClientEvents)[];

/** Knows which commands are running, so that a process that ends lets them finish. */
export class WorkInProgress {
	#running = 0;
	#waiting: (() => void)[] = [];

	public constructor(private readonly client: Client) {
		for (const event of begins) client.on(event, () => void this.#running++);
		for (const event of ends) client.on(event, () => this.#ended());
	}

	public get running(): number {
		return this.#running;
	}

	/** No message and no interaction is taken from now on. */
	public stopIntake(): void {
		for (const event of intake) this.client.removeAllListeners(event);
	}

	/** Resolves when no command is running. */
	public idle(): Promise<void> {
		if (this.#running === 0) return Promise.resolve();
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	#ended(): void {
		this.#running = Math.max(0, this.#running - 1);
		if (this.#running > 0) return;
		for (const resolve of this.#waiting) resolve();
		this.#waiting = [];
	}
}
