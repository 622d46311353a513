import { setTimeout as wait } from 'node:timers/promises';

/** Waits until `condition` holds, asking again and again, and fails in the words of `what` when it does not within `limitMs`. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
	const end = performance.now() + limitMs;
	while (!(await condition())) {
		if (performance.now() > end) throw new Error(`It did not come about within ${limitMs} ms that ${what}`);
		await wait(15);
	}
}
