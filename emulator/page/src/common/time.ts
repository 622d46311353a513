const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
	['year', 31_536_000],
	['month', 2_592_000],
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
	['second', 1]
];

/** `in 5 minutes`, `yesterday`; both in milliseconds. */
export function fromNow(at: number, now: number): string {
	const seconds = Math.round((at - now) / 1000);
	const [unit, size] = steps.find(([, seconds_]) => Math.abs(seconds) >= seconds_) ?? ['second', 1];
	return relative.format(Math.trunc(seconds / size), unit);
}

/** Discord's styles of `<t:…:F>`. https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const styles: Record<string, Intl.DateTimeFormatOptions> = {
	t: { timeStyle: 'short' },
	T: { timeStyle: 'medium' },
	d: { dateStyle: 'short' },
	D: { dateStyle: 'long' },
	f: { dateStyle: 'long', timeStyle: 'short' },
	F: { dateStyle: 'full', timeStyle: 'short' }
};

export function formatTime(at: number, style = 'f'): string {
	return new Intl.DateTimeFormat('en-GB', styles[style] ?? styles['f']).format(at);
}

/** How a message says when it was sent. */
export function stamp(at: number, now: number): string {
	const time = formatTime(at, 't');
	return sameDay(at, now) ? time : `${formatTime(at, 'd')}, ${time}`;
}

export function sameDay(a: number, b: number): boolean {
	return new Date(a).toDateString() === new Date(b).toDateString();
}

/** `1.2 kB` */
export function formatSize(bytes: number): string {
	if (bytes < 1000) return `${bytes} bytes`;
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
