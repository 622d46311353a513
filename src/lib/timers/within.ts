/** Waits for `work`, but at most `ms` milliseconds; what it rejects with before that is thrown. */
export async function within(work: Promise<unknown>, ms: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
