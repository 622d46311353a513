import type { StepAnswer } from '#lib/pipeline/step.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import { type GuildRestrictions, isAnyHeld, isHeld } from '../domain/restriction.js';
import { uwuify } from '../domain/uwuify.js';
import type { Mouthpiece, RestrictionDiscord, RestrictionVoice, SaidAgain, Spoken } from '../ports.js';
import type { Setbacks } from './setbacks.js';

export interface MessageParts {
	readonly guilds: CachedSettings<GuildRestrictions>;
	readonly discord: Pick<RestrictionDiscord, 'remove'>;
	readonly mouthpiece: Mouthpiece;
	readonly voice: Pick<RestrictionVoice, 'tellStaff' | 'auditReason'>;
	readonly setbacks: Setbacks;
}

type MessageKind = 'shutup' | 'uwulock';

/** What becomes of the messages of people who shall be silent, or talk like babies. */
export class Messages {
	/** The last message of each channel that is being said again. */
	readonly #turns = new Map<string, Promise<void>>();

	public constructor(private readonly parts: MessageParts) {}

	/** Whether anybody in that server has it; true while that is not known. Answers from memory. */
	public isOn(guildId: string, kind: MessageKind): boolean {
		const known = this.parts.guilds.peek(guildId);
		return known === undefined || isAnyHeld(known.settings, kind);
	}

	/** Whether that person has it: at once when the server is warm. */
	public has(guildId: string, userId: string, kind: MessageKind): boolean | Promise<boolean> {
		const entry = this.parts.guilds.get(guildId);
		if (entry instanceof Promise) return entry.then(({ settings }) => isHeld(settings, kind, userId));
		return isHeld(entry.settings, kind, userId);
	}

	/** Deletes it. It passes on where that rests. */
	public async silence(spoken: Spoken): Promise<StepAnswer> {
		const { id, channelId, may } = spoken;
		const key = keyOf('shutup', spoken);
		if (!may.remove) return this.#refused('shutup', spoken);
		const { discord, setbacks } = this.parts;
		const tried = await setbacks.try(
			key,
			async () => discord.remove(channelId, id, await this.#reason('shutup', spoken)),
			() => this.#tell('shutup', spoken)
		);
		return tried === 'done' || tried === 'gone' ? 'stop' : 'pass';
	}

	/** Takes it away and says it again in baby talk: once, whoever else is at it, since only one can take it away. */
	public async babble(spoken: Spoken): Promise<StepAnswer> {
		const { id, channelId, may, content, files } = spoken;
		// Files, stickers and polls alone say nothing that could sound different.
		if (content.trim() === '') return 'pass';
		if (!may.remove || !may.speakAgain) return this.#refused('uwulock', spoken);
		const { discord, mouthpiece, setbacks } = this.parts;
		let removed = false;
		const again = async () => {
			const reason = await this.#reason('uwulock', spoken);
			await mouthpiece.prepare(spoken.parentId ?? channelId, reason);
			// Begun before the message goes: its files go with it.
			const fetched = mouthpiece.fetch(files);
			// Not waited for at once, so that nothing is left behind when the removal fails.
			fetched.catch(() => undefined);
			removed = await discord.remove(channelId, id, reason);
			if (removed) await this.#inTurn(channelId, async () => this.#say(spoken, await fetched, reason));
		};
		const tried = await setbacks.try(keyOf('uwulock', spoken), again, () => this.#tell('uwulock', spoken));
		return removed || tried === 'done' || tried === 'gone' ? 'stop' : 'pass';
	}

	/** One after the other in a channel, in the order in which they were taken away. */
	async #inTurn(channelId: string, say: () => Promise<void>): Promise<void> {
		const said = (this.#turns.get(channelId) ?? Promise.resolve()).then(say);
		const over = said.catch(() => undefined);
		this.#turns.set(channelId, over);
		void over.then(() => this.#turns.get(channelId) === over && this.#turns.delete(channelId));
		await said;
	}

	#reason(kind: MessageKind, { guildId }: Spoken): Promise<string> {
		return this.parts.voice.auditReason(guildId, kind, null, null);
	}

	async #say({ channelId, parentId, name, avatarUrl, content, flags }: Spoken, files: SaidAgain['files'], reason: string): Promise<void> {
		const parts = uwuify(content);
		const place = { channelId: parentId ?? channelId, threadId: parentId === null ? null : channelId };
		for (const [index, part] of parts.entries()) {
			const last = index === parts.length - 1;
			await this.parts.mouthpiece.say({ ...place, name, avatarUrl, content: part, flags, reason, files: last ? files : [] });
		}
	}

	async #refused(kind: MessageKind, spoken: Spoken): Promise<StepAnswer> {
		const { setbacks } = this.parts;
		const key = keyOf(kind, spoken);
		if (!setbacks.isPaused(key)) await setbacks.refused(key, () => this.#tell(kind, spoken));
		return 'pass';
	}

	#tell(kind: MessageKind, { guildId, channelId }: Spoken): Promise<void> {
		return this.parts.voice.tellStaff(guildId, { what: `paused-${kind}`, channelId }, channelId);
	}
}

function keyOf(kind: MessageKind, { channelId }: Spoken): string {
	return `${kind}:${channelId}`;
}
