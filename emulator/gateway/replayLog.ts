/** Discord keeps some events of a lost session for RESUME; how many is not documented. */
const MOST_FRAMES = 20_000;
/** Characters. Bounds the memory of a session that was sent thousands of guilds. */
const MOST_CHARACTERS = 64 << 20;

interface Kept {
	seq: number;
	frame: string;
}

/** The newest frames of a session, oldest forgotten first. */
export class ReplayLog {
	#kept: Kept[] = [];
	/** Where the oldest kept frame is: moving the array for each one would cost more than the events. */
	#start = 0;
	#characters = 0;
	#forgottenUpTo = 0;

	add(seq: number, frame: string): void {
		this.#kept.push({ seq, frame });
		this.#characters += frame.length;
		while (this.#kept.length - this.#start > MOST_FRAMES || this.#characters > MOST_CHARACTERS) this.#forgetOldest();
	}

	forgetUpTo(seq: number): void {
		while (this.#start < this.#kept.length && (this.#kept[this.#start]?.seq ?? 0) <= seq) this.#forgetOldest();
	}

	/** The frames after `seq`, or null when one of them is forgotten. */
	after(seq: number): string[] | null {
		if (seq < this.#forgottenUpTo) return null;
		return this.#kept
			.slice(this.#start)
			.filter((kept) => kept.seq > seq)
			.map((kept) => kept.frame);
	}

	#forgetOldest(): void {
		const oldest = this.#kept[this.#start];
		if (oldest === undefined) return;
		this.#forgottenUpTo = oldest.seq;
		this.#characters -= oldest.frame.length;
		oldest.frame = '';
		this.#start++;
		if (this.#start < 4_096 || this.#start * 2 < this.#kept.length) return;
		this.#kept = this.#kept.slice(this.#start);
		this.#start = 0;
	}
}
