/** Arrow keys, Home and End walk through the buttons of a box. */
export function moveFocus(event: KeyboardEvent, box: HTMLElement): void {
	const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
	if (step === undefined) return;
	const items = [...box.querySelectorAll<HTMLElement>('button:not(:disabled)')];
	if (items.length === 0) return;
	event.preventDefault();
	const at = items.findIndex((item) => item.matches(':focus'));
	const next = Number.isFinite(step) ? (at + step + items.length) % items.length : step < 0 ? 0 : items.length - 1;
	items[next]?.focus();
}
