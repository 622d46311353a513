/** What the key-value stores need of a logger. */
export interface KeyValueLogger {
	info(message: string): void;
	warn(message: string): void;
	error(message: string): void;
}
