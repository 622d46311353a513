/** Reads what a client sends to Redis (RESP, arrays of bulk strings) and answers the commands with their arguments. */
export function redisTap(onCommand: (words: readonly string[]) => void): (bytes: Buffer) => void {
	let pending: Buffer = Buffer.alloc(0);

	/** A line such as `*3` or `$5` at `at`; undefined while its end has not come. */
	const number = (at: number): { value: number; next: number } | undefined => {
		const end = pending.indexOf('\r\n', at);
		return end < 0 ? undefined : { value: Number(pending.toString('latin1', at + 1, end)), next: end + 2 };
	};

	const command = (): { words: string[]; next: number } | undefined => {
		const count = number(0);
		if (count === undefined) return undefined;
		const words: string[] = [];
		let { next } = count;
		for (let index = 0; index < count.value; index++) {
			const length = number(next);
			if (length === undefined || pending.length < length.next + length.value + 2) return undefined;
			words.push(pending.toString('utf8', length.next, length.next + length.value));
			next = length.next + length.value + 2;
		}
		return { words, next };
	};

	return (bytes) => {
		pending = Buffer.concat([pending, bytes]);
		for (let found = command(); found !== undefined; found = command()) {
			pending = pending.subarray(found.next);
			onCommand(found.words);
		}
	};
}
