/** A logger that keeps what it was told, so that a test can read it. */
export function recordingLogger() {
	const lines: { level: 'info' | 'warn' | 'error'; message: string }[] = [];
	const record =
		(level: 'info' | 'warn' | 'error') =>
		(message: string): void => {
			lines.push({ level, message });
		};
	return {
		lines,
		info: record('info'),
		warn: record('warn'),
		error: record('error'),
		of: (level: 'info' | 'warn' | 'error') => lines.filter((line) => line.level === level).map((line) => line.message)
	};
}
