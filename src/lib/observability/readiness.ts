/** Says whether the bot can do its work, and if not, why. */
export class Readiness {
	readonly #checks = new Map<string, () => string | null>();

	/** `check` answers null when all is well, otherwise the reason in a few words. It is asked often: it looks at memory only. */
	public add(name: string, check: () => string | null): void {
		this.#checks.set(name, check);
	}

	/** Name → reason for everything that is not well. Empty: ready. */
	public reasons(): Record<string, string> {
		const reasons: Record<string, string> = {};
		for (const [name, check] of this.#checks) {
			const reason = check();
			if (reason !== null) reasons[name] = reason;
		}
		return reasons;
	}
}
