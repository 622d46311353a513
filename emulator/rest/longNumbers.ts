/** A string, or a whole number of 17 to 20 digits: beyond 2^53 JavaScript would round it. */
const token = /"(?:[^"\\]|\\.)*"|(?<![\d.])\d{17,20}(?![\d.eE])/g;

/**
 * Puts quotes around the long numbers of a JSON text. Libraries of languages with long integers (discord.py) send ids as
 * numbers, and Discord takes both. https://discord.com/developers/docs/reference#snowflakes
 */
export function quoteLongNumbers(json: string): string {
	if (!/[:[,]\s*\d{17}/.test(json)) return json;
	return json.replace(token, (found) => (found.startsWith('"') ? found : `"${found}"`));
}
