/** What the page remembers between visits. A browser may forbid it. */
export function kept(name: string): string | null {
	try {
		return localStorage.getItem(`playground-${name}`);
	} catch {
		return null;
	}
}

export function keep(name: string, value: string): void {
	try {
		localStorage.setItem(`playground-${name}`, value);
	} catch {
		console.info('This browser keeps nothing for this page.');
	}
}
