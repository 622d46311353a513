/** Placeholder replaced below. */
export async function setup(): Promise<void> {
	await Promise.resolve();
}
