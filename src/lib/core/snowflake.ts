/** Discord takes nothing of a request with a larger number in it. */
const largest = 2n ** 63n - 1n;

/** Whether Discord could have given out this number. */
export function isPossibleId(digits: string): boolean {
	return BigInt(digits) <= largest;
}

/** Whether a text is an id of Discord's. */
export function isSnowflake(text: string): boolean {
	return /^\d{17,20}$/.test(text) && isPossibleId(text);
}
